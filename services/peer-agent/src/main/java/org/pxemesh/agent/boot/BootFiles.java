package org.pxemesh.agent.boot;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.netboot.loader.BootQuestion;
import org.pxemesh.netboot.loader.LinuxBoot;
import org.pxemesh.netboot.loader.LoaderConfiguration;
import org.pxemesh.netboot.loader.ProgramScript;
import org.pxemesh.netboot.loader.TftpLoader;
import org.pxemesh.netboot.tftp.TftpNames;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.WindowsPlan;

/** Finds what a client may fetch: configurations made for it, and the files of its plan. Nothing else exists. */
public final class BootFiles {

    private final ContentStore store;
    private final BootAddresses addresses;
    private final BootDisk disk = new BootDisk();

    public BootFiles(ContentStore store, BootAddresses addresses) {
        this.store = store;
        this.addresses = addresses;
    }

    /** The file, with this peer as the only source. */
    Optional<ServedFile> find(BootSession session, String asked) {
        return find(session, asked, List.of(addresses.files(session.token())));
    }

    /**
     * The file.
     *
     * @param asked as the client wrote it
     * @param sources addresses of this boot's files, for scripts; the best first
     */
    public Optional<ServedFile> find(BootSession session, String asked, List<String> sources) {
        BootPlan plan = session.plan();
        Optional<String> name = TftpNames.normalise(asked);
        if (session.discovered() && name.filter(CheckIns.FILE::equalsIgnoreCase).isPresent()) {
            return Optional.of(CheckIns.file());
        }
        OptionalInt left = name.map(BootQuestion::secondsLeft).orElse(OptionalInt.empty());
        ScriptTerms terms = ScriptTerms.of(plan, sources, left);
        return name.map(path -> left.isPresent() ? LoaderConfiguration.IPXE_SCRIPT : path)
                .flatMap(path -> find(session, path, terms));
    }

    private Optional<ServedFile> find(BootSession session, String path, ScriptTerms terms) {
        BootPlan plan = session.plan();
        WindowsPlan windows = plan.windows();
        if (plan.menu() && plan.kernel() == null && path.equals(LoaderConfiguration.IPXE_SCRIPT)) {
            return terms.question()
                    .map(question -> new ProgramScript(terms.sources(), plan.nbp()).text(question))
                    .map(text -> ServedFile.Made.of(path, text));
        }
        return windows == null
                ? made(session, path, terms).or(() -> stored(plan, path))
                : WindowsFiles.find(plan, windows, path, terms, wanted -> stored(plan, wanted));
    }

    private Optional<ServedFile> made(BootSession session, String path, ScriptTerms terms) {
        BootPlan plan = session.plan();
        String kernel = plan.kernel();
        String initrd = plan.initrd();
        if (kernel == null || initrd == null) {
            return Optional.empty();
        }
        LinuxBoot boot =
                new LinuxBoot(kernel, initrd, KernelArguments.of(plan.arguments(), addresses.checkIn(session.token())));
        if (path.equals(BootDisk.NAME)) {
            return disk.of(plan, boot, terms.question(), file -> stored(plan, file));
        }
        Optional<TftpLoader> pxelinux =
                Optional.of(new TftpLoader(addresses.host(), plan.nbp())).filter(loader -> plan.loaderOnlyLoadsLinux());
        return LoaderConfiguration.of(path, boot, terms.sources(), terms.question(), pxelinux)
                .map(text -> ServedFile.Made.of(path, text));
    }

    private Optional<ServedFile> stored(BootPlan plan, String path) {
        return store.manifest(plan.packageRef())
                .flatMap(manifest -> manifest.file(path).or(() -> companion(manifest, plan, path)))
                .filter(file -> plan.files().contains(file.path()))
                .flatMap(this::onDisk);
    }

    /**
     * A loader asks for its companions beside itself (ldlinux.c32), while the tree may keep them elsewhere; the plan
     * says which they are.
     */
    private static Optional<ManifestFile> companion(Manifest manifest, BootPlan plan, String path) {
        String name = baseName(path);
        return plan.next().stream()
                .filter(next -> baseName(next).equalsIgnoreCase(name))
                .findFirst()
                .flatMap(manifest::file);
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Optional<ServedFile> onDisk(ManifestFile file) {
        return store.complete(file.sha256())
                .<ServedFile>map(
                        stored -> new ServedFile.OnDisk(file.path(), stored.path(), stored.size(), file.sha256()))
                .or(() -> store.partial(file.sha256()).map(part -> new ServedFile.Arriving(file.path(), part)));
    }
}
