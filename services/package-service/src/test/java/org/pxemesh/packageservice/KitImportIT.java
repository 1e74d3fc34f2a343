package org.pxemesh.packageservice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.pxemesh.events.AdministratorActed;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.kafka.EmbeddedKafkaResource;

/** Kinds of sources other than a Linux tree, through the whole service. */
@QuarkusTest
@QuarkusTestResource(EmbeddedKafkaResource.class)
@QuarkusTestResource(PackageServiceResource.class)
@EnabledIf(
        value = "org.pxemesh.packageservice.TestImages#wimlibIsInstalled",
        disabledReason = "wimlib-imagex is not installed: apt install wimtools")
class KitImportIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @BeforeEach
    void awaitReadiness() {
        Hq.awaitReadiness();
    }

    private static Path root(String name) {
        return Hq.setting("pxemesh.import.roots").resolve(name);
    }

    private static ValidatableResponse ask(String name, Map<String, Object> source, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("name", name);
        body.put("version", "1");
        body.put("source", source);
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/packages/imports")
                .then();
    }

    private static byte[] store(String salt) {
        return Arrays.copyOf(("regf" + salt).getBytes(java.nio.charset.StandardCharsets.UTF_8), 8192);
    }

    @Test
    void shouldImportABootImageOfHqsMachineAndDescribeIt() throws IOException {
        // Given
        Path wim = TestImages.capture(root("image/boot.wim"), TestImages.amd64(), 9, 26100);
        Path bcd = Files.write(root("image-BCD"), store("own"));
        // When
        JsonPath build = Hq.built(ask(
                "pe-file", Map.of("file", wim.toString()), Map.of("signedBy", "ca2023", "uefiBcd", bcd.toString())));
        // Then
        assertThat(build.getList("warnings", String.class))
                .anySatisfy(warning -> assertThat(warning).contains("0xc0000225"));
        assertThat(build.getList("absent", String.class)).contains("amd64 CA2023: wdsmgfw.efi");
        given().get("/api/v1/packages/pe-file/1")
                .then()
                .body("boot.kind", equalTo("WINDOWS_PE"))
                .body("boot.loaders.architecture", contains("bios", "x64-uefi", "x64-uefi"))
                .body("boot.loaders[1].windows.signedBy", equalTo("CA2023"))
                .body("boot.loaders[1].windows.bcd", equalTo("ADMINISTRATOR"))
                .body("boot.loaders[0].windows.bcd", equalTo("GENERATED"))
                .body("boot.loaders[0].windows.peBuild", equalTo(26100));
        given().get("/api/v1/packages/pe-file/1/description")
                .then()
                .statusCode(200)
                .body("warnings", hasItem(containsString("0xc0000225")))
                .body(
                        "files.find { it.path == 'windows/amd64/bios/pxeboot.n12' }.origin",
                        equalTo("boot.wim:/Windows/Boot/PXE/pxeboot.n12"))
                .body(
                        "files.find { it.path == 'windows/amd64/uefi-ca2023/administrator.bcd' }.origin",
                        equalTo("the administrator"));
        // The same again is the same package.
        ask("pe-file", Map.of("file", wim.toString()), Map.of("signedBy", "ca2023", "uefiBcd", bcd.toString()))
                .statusCode(200);
        given().get("/api/v1/packages/none/1/description").then().statusCode(404);
    }

    @Test
    void shouldImportAnUploadedBootImageWithABcdStore() throws IOException {
        // Given
        Path dir = Files.createTempDirectory("pxemesh-upload-");
        Path wim = TestImages.capture(dir.resolve("custom.wim"), TestImages.amd64(), 9, 22000);
        // When
        JsonPath build = Hq.built(given().multiPart("name", "pe-upload")
                .multiPart("version", "1")
                .multiPart("architectures", "amd64")
                .multiPart("delivery", "tftp")
                .multiPart("archive", wim.toFile())
                .multiPart("biosBcd", "BCD", store("bios"))
                .post("/api/v1/packages/imports")
                .then());
        org.pxemesh.packageservice.store.ContentStore.deleteTree(dir);
        // Then
        assertThat(build.getString("manifestSha256")).hasSize(64);
        given().get("/api/v1/packages/pe-upload/1")
                .then()
                .body("boot.loaders[0].windows.administratorBcd", equalTo("windows/amd64/bios/administrator.bcd"))
                .body("boot.loaders[1].windows.bcd", equalTo("GENERATED"));
    }

    @Test
    void shouldPublishSecretsOnlyWhenTheyAreAcceptedAndAuditIt() throws IOException {
        // Given
        Map<String, byte[]> inside = TestImages.amd64();
        inside.put(
                "unattend.xml",
                TestImages.text("<a><AutoLogon><Password><Value>hunter2</Value></Password></AutoLogon></a>"));
        Path tree = root("secret");
        TestImages.capture(tree.resolve("sources/boot.wim"), inside, 9, 22000);
        Map<String, Object> source = Map.of("directory", tree.toString());
        // When, Then
        JsonPath refused = Hq.ended(ask("secret", source, Map.of()));
        assertThat(refused.getString("state")).isEqualTo("failed");
        assertThat(refused.getString("reason"))
                .contains(
                        "sources/boot.wim:/unattend.xml has a value for a/AutoLogon/Password/Value", "--accept-secrets")
                .doesNotContain("hunter2");
        given().get("/api/v1/packages/secret/1").then().statusCode(404);
        // When
        JsonPath build = Hq.built(ask("secret", source, Map.of("acceptSecrets", true)));
        // Then
        assertThat(build.getList("secrets")).hasSize(1);
        assertThat(new TopicReader(bootstrapServers).events(TopicCatalog.AUDIT, AdministratorActed.class))
                .filteredOn(act -> act.subjectId().equals("secret@1"))
                .extracting(AdministratorActed::act)
                .containsExactly("import", "accept-secrets");
    }

    @Test
    void shouldImportSinglePrograms() throws IOException {
        // Given
        Path programs = Files.createDirectories(root("programs"));
        Path shell = Files.write(programs.resolve("shellx64.efi"), TestImages.efi("shell", 0x8664, ""));
        Path memtest = Files.write(programs.resolve("memtest.bin"), TestImages.text("memtest"));
        Path nameless = Files.write(programs.resolve("program"), TestImages.text("program"));
        // When
        JsonPath efi = Hq.built(ask("shell", Map.of("file", shell.toString()), Map.of()));
        Hq.built(ask("memtest", Map.of("file", memtest.toString()), Map.of()));
        JsonPath unknown = Hq.ended(ask("nameless", Map.of("file", nameless.toString()), Map.of()));
        Hq.built(ask("nameless", Map.of("file", nameless.toString()), Map.of("kind", "raw-nbp")));
        // Then
        assertThat(efi.getList("warnings", String.class))
                .containsExactly("shellx64.efi is not signed: machines with Secure Boot on refuse it");
        given().get("/api/v1/packages/shell/1").then().body("boot.loaders[0].architecture", equalTo("x64-uefi"));
        given().get("/api/v1/packages/memtest/1").then().body("boot.kind", equalTo("RAW_NBP"));
        assertThat(unknown.getString("reason")).contains("any name with kind raw-nbp", "Found 1 files: program");
    }

    @Test
    void shouldImportAKernelWithItsArguments() throws IOException {
        // Given
        Path tree = Files.createDirectories(root("kernel"));
        byte[] kernel = new byte[4096];
        System.arraycopy("HdrS".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, kernel, 0x202, 4);
        kernel[0x236] = 1;
        Files.write(tree.resolve("vmlinuz-6.1"), kernel);
        Files.write(tree.resolve("initrd.img-6.1"), TestImages.text("RAM disk"));
        // When
        Hq.built(ask(
                "kernel",
                Map.of("directory", tree.toString()),
                Map.of("arguments", List.of("console=ttyS0", "quiet"))));
        // Then
        given().get("/api/v1/packages/kernel/1")
                .then()
                .body("boot.loaders.nbp", hasItem("ipxe/snponly.efi"))
                .body("boot.loaders[0].kernel", equalTo("vmlinuz-6.1"))
                .body("boot.loaders[0].arguments", contains("console=ttyS0", "quiet"));
    }

    @Test
    void shouldNameEveryOptionThatIsWrong() {
        ask(
                        "wrong",
                        Map.of("directory", root("").toString(), "file", "/x"),
                        Map.of(
                                "kind", "floppy",
                                "signedBy", "me",
                                "delivery", "pigeon",
                                "bcd", "none",
                                "architectures", List.of("mips"),
                                "without", List.of("boot.sdi"),
                                "arguments", List.of("two words"),
                                "biosBcd", "/etc/passwd"))
                .statusCode(400)
                .body(
                        "errors.field",
                        contains(
                                "biosBcd",
                                "kind",
                                "arguments",
                                "architectures",
                                "signedBy",
                                "delivery",
                                "bcd",
                                "without",
                                "source.directory"));
    }
}
