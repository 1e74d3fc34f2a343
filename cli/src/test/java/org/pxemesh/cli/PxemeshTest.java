package org.pxemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.cli.FakeHq.Asked;
import org.pxemesh.cli.FakeHq.Ran;

class PxemeshTest {

    private static final String ID = "a11c0000-0000-4000-8000-000000000001";
    private static final String BUILT = """
            {"name":"debian","version":"12","ref":"debian@12","state":"built","revision":1,"manifestSha256":"abc",
             "manifestUrl":"http://hq/content/manifests/abc","keyId":"0123","bytes":57000000,"files":299,
             "boot":{"kind":"LINUX_NETBOOT","loaders":[{"architecture":"bios","nbp":"pxelinux.0"}]},
             "builtAt":"2026-11-22T15:10:56Z"}
            """;

    @TempDir
    Path dir;

    private FakeHq hq;

    @BeforeEach
    void start() throws IOException {
        hq = new FakeHq();
    }

    @AfterEach
    void stop() {
        hq.close();
    }

    @Test
    void shouldListInColumns() {
        // Given
        hq.on("GET /api/v1/sites?limit=10000", """
                [{"id":"%s","name":"Paris","kind":"BRANCH","networks":["10.1.0.0/16","10.2.0.0/16"]},
                 {"id":"%s","name":"A long name","kind":"NEVER","networks":[]}]""".formatted(ID, ID));
        // When
        Ran ran = hq.run("site", "list");
        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines())
                .containsExactly(
                        "NAME         KIND    NETWORKS                  ID",
                        "Paris        BRANCH  10.1.0.0/16, 10.2.0.0/16  " + ID,
                        "A long name  NEVER   -                         " + ID);
    }

    @Test
    void shouldPrintWhatHqSentForScripts() {
        hq.on("GET /api/v1/packages?limit=10000", "[" + BUILT + "]");
        Ran ran = hq.run("--json", "package", "list");
        assertThat(ran.out()).contains("\"manifestSha256\" : \"abc\"").startsWith("[");
        assertThat(hq.run("package", "list").out())
                .contains("debian@12  built  57.0 MB  299    bios   2026-11-22T15:10:56Z");
    }

    @Test
    void shouldTakeNamesForIds() {
        // Given
        hq.on("GET /api/v1/collections?name=All%20computers", "[{\"id\":\"" + ID + "\",\"name\":\"All computers\"}]");
        hq.on("POST /api/v1/policies", 201, Map.of("ETag", "\"1\""), "{\"id\":\"" + ID + "\"}");
        hq.on("POST /api/v1/policies/" + ID + "/enable", "{\"id\":\"" + ID + "\",\"enabled\":true}");
        // When
        Ran ran = hq.run(
                "policy",
                "create",
                "Offices",
                "--collection",
                "All computers",
                "--unknown-computers",
                "boot",
                "--tftp-window-size",
                "8",
                "--enable");
        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(hq.asked().get(1).body())
                .isEqualTo("{\"name\":\"Offices\",\"collections\":[\"" + ID
                        + "\"],\"unknownComputers\":\"BOOT\",\"hold\":{\"holdersPerSegment\":0},"
                        + "\"tftpWindowSize\":8}");
        assertThat(hq.asked().get(2)).isEqualTo(new Asked("POST", "/api/v1/policies/" + ID + "/enable", "\"1\"", ""));
    }

    @Test
    void shouldAskForSomeHoldersInPlainWords() {
        hq.on("POST /api/v1/policies", 201, Map.of("ETag", "\"1\""), "{\"id\":\"" + ID + "\"}");

        assertThat(created("some")).contains("\"hold\":{\"spread\":\"PER_SEGMENT\"}");
        assertThat(created("3")).contains("\"hold\":{\"spread\":\"PER_SEGMENT\",\"holdersPerSegment\":3}");
        Ran refused = hq.run("policy", "create", "P", "--collection", ID, "--holders", "a few");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--holders is all, some or a number, not 'a few'");
    }

    private String created(String holders) {
        Ran ran = hq.run("policy", "create", "P", "--collection", ID, "--holders", holders, "--upload-rate", "70000");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return hq.asked().getLast().body().replace(",\"uploadBytesPerSecond\":70000", "");
    }

    @Test
    void shouldChangeOnlyTheRevisionThatItSaw() {
        // Given
        String policy = "{\"id\":\"" + ID + "\",\"name\":\"Offices\"}";
        hq.on("GET /api/v1/policies?name=Offices", "[" + policy + "]");
        hq.on("GET /api/v1/policies/" + ID, 200, Map.of("ETag", "\"7\""), policy);
        hq.on("POST /api/v1/policies/" + ID + "/disable", policy);
        hq.on("DELETE /api/v1/policies/" + ID, 204, Map.of(), "");
        // When
        Ran disabled = hq.run("policy", "disable", "Offices");
        Ran deleted = hq.run("policy", "delete", ID);
        // Then
        assertThat(disabled.out().strip()).isEqualTo("policy Offices is disabled");
        assertThat(deleted.out().strip()).isEqualTo("policy Offices is deleted");
        assertThat(hq.asked())
                .filteredOn(asked -> !asked.method().equals("GET"))
                .extracting(Asked::ifMatch)
                .containsExactly("\"7\"", "\"7\"");
    }

    @Test
    void shouldSayWhichNameIsNotThereOrNotClear() {
        hq.on("GET /api/v1/computers?name=PC-1", "[]");
        hq.on("GET /api/v1/computers?name=PC-2", "[{},{}]");
        assertThat(hq.run("computer", "show", "PC-1"))
                .isEqualTo(new Ran(1, "", "pxemesh: there is no computer named \"PC-1\"" + System.lineSeparator()));
        assertThat(hq.run("computer", "show", "PC-2").err()).contains("give the id instead");
    }

    @Test
    void shouldPrintEveryWrongFieldOnALine() {
        // Given
        hq.on("POST /api/v1/sites", 400, Map.of(), """
                {"title":"invalid request","status":400,"detail":"name: is taken","field":"name",
                 "errors":[{"field":"name","detail":"\\"Paris\\" is taken"},
                           {"field":"networks[0]","detail":"10.1/16 is not a network"}]}""");
        // When
        Ran ran = hq.run("site", "create", "Paris", "--network", "10.1/16");
        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().lines())
                .containsExactly("pxemesh: name: \"Paris\" is taken", "pxemesh: networks[0]: 10.1/16 is not a network");
    }

    @Test
    void shouldFollowAnImportToItsEnd() {
        // Given
        String place = "/api/v1/packages/imports/" + ID;
        hq.on("POST /api/v1/packages/imports", 202, Map.of("Location", "http://inside:8082" + place), "{}");
        String running = "{\"state\":\"running\",\"stage\":\"%s\",\"bytesDone\":1,\"bytes\":2}";
        hq.on("GET " + place, running.formatted("reading"));
        hq.on("GET " + place, running.formatted("publishing"));
        hq.on("GET " + place, """
                {"state":"built","stage":"done","name":"debian","version":"12","warnings":["no UEFI"]}""");
        hq.on("GET /api/v1/packages/debian/12", BUILT);
        // When
        Ran ran = hq.run("package", "import", "debian", "--version", "12", "--directory", "/srv/tree");
        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(hq.asked().getFirst().body())
                .isEqualTo("{\"name\":\"debian\",\"version\":\"12\",\"kind\":\"auto\","
                        + "\"source\":{\"directory\":\"/srv/tree\"}}");
        assertThat(ran.err().lines()).containsExactly("reading", "publishing", "done", "pxemesh: warning: no UEFI");
        assertThat(ran.out().strip()).isEqualTo("debian@12 is built: 299 files, 57.0 MB, manifest abc");
    }

    @Test
    void shouldFailWithTheReasonOfAFailedImport() {
        String place = "/api/v1/packages/imports/" + ID;
        hq.on("POST /api/v1/packages/imports", 202, Map.of("Location", place), "{}");
        hq.on("GET " + place, """
                {"state":"failed","stage":"reading","name":"cats","version":"1","reason":"nothing bootable"}""");
        Ran ran = hq.run("package", "import", "cats", "--directory", "/srv/cats");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("pxemesh: import of cats@1 failed: nothing bootable");
    }

    @Test
    void shouldUploadAnArchiveAsAForm() throws Exception {
        // Given
        Path archive = Files.writeString(dir.resolve("tree.tar"), "the archive's bytes");
        hq.on("POST /api/v1/packages/imports", 200, Map.of(), BUILT);
        // When
        Ran ran = hq.run("package", "import", "debian", "--archive", archive.toString(), "--version", "12");
        // Then
        assertThat(ran.out().strip()).isEqualTo("debian@12 exists already, with the same files");
        assertThat(hq.asked().getFirst().body())
                .contains("name=\"name\"\r\n\r\ndebian\r\n", "name=\"version\"\r\n\r\n12\r\n", "name=\"kind\"")
                .contains("name=\"archive\"; filename=\"tree.tar\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        + "the archive's bytes\r\n--");
        assertThat(hq.run(
                        "package",
                        "import",
                        "x",
                        "--archive",
                        dir.resolve("none").toString()))
                .extracting(Ran::exitCode)
                .isEqualTo(2);
    }

    @Test
    void shouldSayWhatAKitNeeds() {
        // Given
        hq.on("POST /api/v1/packages/imports", 200, Map.of(), BUILT);
        // When
        Ran ran = hq.run(
                "package",
                "import",
                "pe",
                "--file",
                "/srv/adk.iso",
                "--kind",
                "windows-pe",
                "--architecture",
                "amd64",
                "--signed-by",
                "ca2023",
                "--delivery",
                "wimboot",
                "--bcd",
                "/srv/BCD",
                "--without",
                "abortpxe.com",
                "--arguments",
                "quiet  console=ttyS0",
                "--accept-secrets");
        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(hq.asked().getFirst().body())
                .isEqualTo("{\"name\":\"pe\",\"kind\":\"windows-pe\",\"signedBy\":\"ca2023\",\"delivery\":\"wimboot\","
                        + "\"arguments\":[\"quiet\",\"console=ttyS0\"],\"architectures\":[\"amd64\"],"
                        + "\"without\":[\"abortpxe.com\"],\"biosBcd\":\"/srv/BCD\",\"uefiBcd\":\"/srv/BCD\","
                        + "\"acceptSecrets\":true,\"source\":{\"file\":\"/srv/adk.iso\"}}");
    }

    @Test
    void shouldUploadABcdStoreBesideTheArchive() throws Exception {
        // Given
        Path archive = Files.writeString(dir.resolve("adk.iso"), "the image");
        Path bcd = Files.writeString(dir.resolve("my BCD"), "regf store");
        hq.on("POST /api/v1/packages/imports", 200, Map.of(), BUILT);
        // When
        Ran ran = hq.run("package", "import", "pe", "--archive", archive.toString(), "--uefi-bcd", bcd.toString());
        // Then
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(hq.asked().getFirst().body())
                .contains("name=\"uefiBcd\"; filename=\"my_BCD\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        + "regf store\r\n--")
                .contains("filename=\"adk.iso\"")
                .doesNotContain("biosBcd");
    }

    @Test
    void shouldShowWarningsAndWhereFilesCameFrom() {
        // Given
        hq.on("GET /api/v1/packages/debian/12", BUILT);
        hq.on("GET /api/v1/packages/debian/12/description", """
                {"warnings":["beware","of the dog"],"absent":["amd64: boot.stl"],
                 "files":[{"path":"windows/amd64/boot.sdi","size":3,"sha256":"ab","origin":"Media/Boot/boot.sdi"}]}""");
        // When
        Ran ran = hq.run("package", "show", "debian@12", "--files");
        // Then
        assertThat(ran.out())
                .containsPattern("warnings +beware\\R +of the dog")
                .containsPattern("absent +amd64: boot.stl")
                .contains("windows/amd64/boot.sdi", "Media/Boot/boot.sdi");
    }

    @Test
    void shouldRetireTheRevisionThatItSaw() {
        hq.on("GET /api/v1/packages/debian/12%2Bdeb", 200, Map.of("ETag", "\"1\""), BUILT);
        hq.on("POST /api/v1/packages/debian/12%2Bdeb/retire", BUILT);
        assertThat(hq.run("package", "retire", "debian@12+deb").out().strip()).isEqualTo("debian@12+deb is retired");
        assertThat(hq.asked().getLast().ifMatch()).isEqualTo("\"1\"");
        assertThat(hq.run("package", "show", "debian").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldVerifyAPackageAndWaitForTheEnd() {
        // Given
        String place = "/api/v1/packages/debian/12/verification";
        hq.on("POST " + place, 202, Map.of("Location", place), """
                        {"ref":"debian@12","state":"running","bytesDone":0,"bytes":0}""")
                .on("GET " + place, """
                        {"ref":"debian@12","state":"running","bytesDone":1000000,"bytes":2000000}""")
                .on("GET " + place, """
                        {"ref":"debian@12","state":"sound","files":3,"bytesDone":2000000,"bytes":2000000}""");

        // When
        var ran = hq.run("package", "verify", "debian@12");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().strip()).isEqualTo("debian@12 is sound: 3 files, 2.0 MB, as the signed manifest says");
        assertThat(ran.err()).contains("verifying");
    }

    @Test
    void shouldNameEachDamagedFileAndEndWithOne() {
        // Given
        hq.on("POST /api/v1/packages/debian/12/verification", """
                {"ref":"debian@12","state":"damaged","files":3,"bytesDone":20,"bytes":20,"damaged":[
                 {"path":"linux","sha256":"ab","problem":"is not there","stored":"/data/files/ab"},
                 {"path":"initrd.gz","sha256":"cd","problem":"has 1 bytes, not 4","stored":"/data/files/cd"}]}""");

        // When
        var ran = hq.run("package", "verify", "debian@12");

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("linux      is not there        /data/files/ab", "has 1 bytes, not 4");
        assertThat(ran.err()).contains("debian@12 is damaged at HQ: 2 of its files");
        assertThat(hq.run("package", "verify", "debian@12", "--json").out()).contains("\"state\" : \"damaged\"");
    }

    @Test
    void shouldShowABootWithItsTimeline() {
        hq.on("GET /api/v1/boots/" + ID, """
                {"boot":{"id":"%s","mac":"52:54:00:00:00:01","state":"completed"},
                 "timeline":[{"name":"BootRequested","time":"t1","peer":"pc1","summary":"asked"},
                             {"name":"BootCompleted","time":"t2","summary":"came up"}]}""".formatted(ID));
        assertThat(hq.run("boots", ID).out())
                .contains("client     52:54:00:00:00:01")
                .contains("t1    BootRequested  pc1   asked")
                .contains("t2    BootCompleted  -     came up");
    }

    @Test
    void shouldShowWhichSiteSaysWhatOfAFirmware() {
        hq.on("GET /api/v1/firmware/0123456789abcdef", """
                {"firmware":{"fingerprint":"0123456789abcdef","form":"pxe10","pinned":false,
                             "description":{"vendorClass":"PXEClient","vendor":"525400"}},
                 "says":[{"site":"Paris","form":"pxe10","counts":true,"at":"t1"},
                         {"site":"Lyon","form":"binl","counts":false,"at":"t2"}]}""");
        assertThat(hq.run("firmware", "show", "0123456789abcdef").out())
                .contains("form       pxe10", "Paris  pxe10  yes     t1", "Lyon   binl   no      t2");
    }

    @Test
    void shouldShowFindingsWithOneCureForEachKind() {
        hq.on("GET /api/v1/findings?site=" + ID, """
                [{"siteName":"Paris","siteId":"%1$s","code":"dhcp-claims-pxe","server":"10.1.0.1","symptom":"PXE-E55",
                  "meaning":"option 60 without 43","cure":"take it out","peers":3,"since":"t1","detail":"seen"},
                 {"siteId":"%1$s","code":"dhcp-claims-pxe","server":"10.2.0.1","symptom":"PXE-E55",
                  "meaning":"option 60 without 43","cure":"take it out","peers":1,"since":"t2","detail":""}]
                """.formatted(ID));
        assertThat(hq.run("findings", "--site", ID).out())
                .contains("Paris ", "dhcp-claims-pxe  10.1.0.1  PXE-E55    3", ID + "  dhcp-claims-pxe  10.2.0.1")
                .containsOnlyOnce("cure: take it out");
    }

    @Test
    void shouldExplainInSentences() {
        hq.on("GET /api/v1/explain?arch=bios&mac=52%3A54%3A00%3A00%3A00%3A01", """
                {"boots":false,"details":["no deployment is for it"],"computer":null,"site":null,
                 "policies":[{"name":"Offices"}],"deployments":[],"plan":null,"assumptions":["a holder is up"]}""");
        assertThat(hq.run("explain", "52:54:00:00:00:01").out().lines())
                .containsExactly(
                        "52:54:00:00:00:01 gets no answer",
                        "  because no deployment is for it",
                        "computer     unknown to HQ",
                        "site         not known",
                        "policy       Offices",
                        "assumed      a holder is up");
    }

    @Test
    void shouldSayWhatToDoWhenNobodyAnswers() {
        Ran ran = FakeHq.runAgainst("http://127.0.0.1:1", "site", "list");
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err()).contains("HQ does not answer at http://127.0.0.1:1", "pxemesh doctor");
        assertThat(FakeHq.runAgainst("localhost", "site", "list").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldLookAtEachServiceByItself() {
        hq.on("GET /q/health/ready", 503, Map.of(), """
                {"status":"DOWN","checks":[{"name":"projections","status":"DOWN","data":{"trouble":"reading"}},
                                           {"name":"kafka","status":"UP"}]}""");
        Ran ran = hq.run("doctor");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("console", "not ready: projections reading", "policy-service", "does not answer");
        assertThat(ran.err()).contains("HQ is not well");
    }

    @Test
    void shouldTellWhatPeersFoundWithSymptomAndCure() {
        hq.on("GET /q/health/ready", 200, Map.of(), "{}");
        hq.on("GET /api/v1/findings", 200, Map.of(), """
                [{"code":"dhcp-claims-pxe","server":"10.1.0.7","siteName":"Paris","symptom":"PXE-E55",
                  "meaning":"m","cure":"take option 60 out of it"}]""");

        assertThat(hq.run("doctor").out())
                .containsSubsequence(
                        "dhcp-claims-pxe 10.1.0.7 at Paris",
                        "users see  PXE-E55",
                        "cure       take option 60 out of it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "site",
                "nonsense",
                "site create",
                "package import x",
                "deployment create x",
                "package import x --directory /a --archive b",
                "package import x --directory /a --file /b",
                "policy enable",
                "boots --limit many"
            })
    void shouldTellWrongArgumentsFromRefusals(String line) {
        Ran ran = hq.run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).isNotBlank();
        assertThat(hq.asked()).isEmpty();
    }
}
