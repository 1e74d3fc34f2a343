package org.pxemesh.netboot.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FatVolumeTest {

    @Test
    void shouldGiveBackEveryFileByItsPath() {
        // Given
        Map<String, byte[]> files = new TreeMap<>();
        files.put("EFI/BOOT/BOOTX64.EFI", bytes(1, 70_000));
        files.put("EFI/BOOT/GRUBX64.EFI", bytes(2, 2048));
        files.put("debian-installer/amd64/grub/grub.cfg", bytes(3, 1));
        files.put("debian-installer/amd64/linux-with.dots.and-a-name-of-more-than-26-letters", bytes(4, 100_001));
        files.put("debian-installer/amd64/exactly13abc_", bytes(6, 13));
        files.put("EMPTY", new byte[0]);
        IntStream.range(0, 200).forEach(n -> files.put("many/a rather long name " + n, bytes(n, n)));

        // When
        FatVolume volume = FatVolume.of(disk(files));

        // Then
        FatReader reader = new FatReader(read(volume, files));
        assertThat(reader.files()).containsExactlyInAnyOrderEntriesOf(upperCaseWhereShort(files));
        assertThat(reader.clusters).as("what makes it FAT16").isBetween(4085, 65524);
    }

    @Test
    void shouldTakeLargerClustersForLargerFilesWithoutHavingThem() {
        for (long size : List.of(1L, 100_000_000L, 133_000_000L, 140_000_000L, 1_000_000_000L, 2_100_000_000L)) {
            FatVolume volume = FatVolume.of(List.of(new DiskFile("initrd.gz", new Extent.Stored("here", size))));

            assertThat(volume.size()).isGreaterThan(size).isLessThan(size + size / 100 + 10_000_000);
            assertThat(volume.extents().stream()
                            .filter(Extent.Bytes.class::isInstance)
                            .mapToLong(Extent::length)
                            .sum())
                    .as("in memory")
                    .isLessThan(300_000);
        }
    }

    @Test
    void shouldMakeEqualVolumesOfEqualFilesInAnyOrder() {
        DiskFile one = new DiskFile("a/b", new Extent.Stored("one", 10));
        DiskFile two = new DiskFile("c", new Extent.Stored("two", 20));

        byte[] first = ((Extent.Bytes) FatVolume.of(List.of(one, two)).extents().getFirst()).content();
        byte[] second =
                ((Extent.Bytes) FatVolume.of(List.of(two, one)).extents().getFirst()).content();

        assertThat(first).isEqualTo(second);
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        Extent some = new Extent.Stored("here", FatVolume.MOST_BYTES + 1);
        assertThatThrownBy(() -> FatVolume.of(List.of(new DiskFile("initrd", some))))
                .hasMessageContaining("a volume holds");
        assertThatThrownBy(() -> FatVolume.of(IntStream.range(0, 513)
                        .mapToObj(n -> new DiskFile("F" + n, new Extent.Zeros(0)))
                        .toList()))
                .hasMessageContaining("a file of zeros only");
        Extent small = new Extent.Bytes(new byte[1]);
        assertThatThrownBy(() -> FatVolume.of(IntStream.range(0, 513)
                        .mapToObj(n -> new DiskFile("F" + n, small))
                        .toList()))
                .hasMessageContaining("too many files");
        assertThatThrownBy(() -> FatVolume.of(List.of(new DiskFile("a", small), new DiskFile("A", small))))
                .hasMessageContaining("two files");
        assertThatThrownBy(() -> FatVolume.of(List.of(new DiskFile("a", small), new DiskFile("a/b", small))))
                .hasMessageContaining("file and a folder");
        for (String path : List.of("", "/a", "a//b", "../a", "a/./b", "a\\b", "a:b", "a\nb", "x".repeat(256))) {
            assertThatThrownBy(() -> new DiskFile(path, small)).hasMessageContaining("FAT volume");
        }
    }

    @Test
    void shouldPutAllThatGrubNeedsWhereFirmwareAndGrubLook() {
        // When
        FatVolume volume = UefiDisk.of(
                UefiDisk.program("aa64-uefi").orElseThrow(),
                new UefiDisk.Part("debian-installer/arm64/bootnetaa64.efi", 7),
                List.of(new UefiDisk.Part("debian-installer/arm64/grubaa64.efi", 8)),
                List.of(new UefiDisk.Part("debian-installer/arm64/linux", 9)),
                "set timeout=0\n");

        // Then
        Map<String, byte[]> stored = Map.of(
                "debian-installer/arm64/bootnetaa64.efi", bytes(1, 7),
                "debian-installer/arm64/grubaa64.efi", bytes(2, 8),
                "debian-installer/arm64/linux", bytes(3, 9));
        Map<String, byte[]> files = new FatReader(read(volume, stored)).files();
        assertThat(files)
                .containsEntry("EFI/BOOT/BOOTAA64.EFI", bytes(1, 7))
                .containsEntry("EFI/BOOT/GRUBAA64.EFI", bytes(2, 8))
                .containsEntry("debian-installer/ARM64/LINUX", bytes(3, 9));
        for (String folder : List.of("debian-installer/ARM64/GRUB", "BOOT/GRUB", "GRUB", "EFI/BOOT", "EFI/DEBIAN")) {
            assertThat(files.get(folder + "/GRUB.CFG"))
                    .as(folder)
                    .isEqualTo("set timeout=0\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(UefiDisk.program("bios")).isEmpty();
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static List<DiskFile> disk(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .map(file -> new DiskFile(file.getKey(), new Extent.Stored(file.getKey(), file.getValue().length)))
                .toList();
    }

    /** Names that need no long name lose their small letters, which no reader minds. */
    private static Map<String, byte[]> upperCaseWhereShort(Map<String, byte[]> files) {
        Map<String, byte[]> expected = new TreeMap<>();
        files.forEach((path, content) -> expected.put(
                path.replace("amd64/grub/grub.cfg", "AMD64/GRUB/GRUB.CFG")
                        .replace("amd64", "AMD64")
                        .replace("many", "MANY"),
                content));
        return expected;
    }

    private static byte[] read(FatVolume volume, Map<String, byte[]> stored) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Extent extent : volume.extents()) {
            switch (extent) {
                case Extent.Bytes made -> out.writeBytes(made.content());
                case Extent.Stored file -> out.writeBytes(stored.getOrDefault(file.source(), new byte[0]));
                case Extent.Zeros zeros -> out.writeBytes(new byte[(int) zeros.length()]);
            }
        }
        return out.toByteArray();
    }
}
