package org.pxemesh.packageservice.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            unattend.xml        | <a><AutoLogon><Password><Value>x</Value></Password></AutoLogon></a>  | Password/Value
            AutoUnattend.xml    | <u:a xmlns:u="x"><u:Credentials><u:Password>x</u:Password></u:Credentials></u:a> | Password
            unattend.xml        | <a><LocalAccount><Password><Value><![CDATA[x]]></Value></Password></LocalAccount></a> | Password
            unattend.xml        | <a><unclosed>                                                         | no XML
            unattend.xml        | <!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>      | no XML
            Bootstrap.ini       | UserPassword=x                                                        | UserPassword
            customsettings.ini  | ` DomainAdminPassword = x`                                            | DomainAdminPassword
            variables.dat       | whatever                                                              | media variables
            preseed.cfg         | d-i passwd/root-password password x                                   | passwd/root-password
            ks.cfg              | rootpw --iscrypted x                                                  | rootpw
            user-data           | password: x                                                           | password
            """)
    void shouldReportWhatClientsCouldRead(String name, String text, String said) {
        assertThat(Secrets.suspect(name.toLowerCase(java.util.Locale.ROOT))).isTrue();
        assertThat(Secrets.in("tree/" + name, utf8(text)))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).startsWith("tree/" + name).contains(said));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            unattend.xml        | <a><Password><Value></Value><PlainText>true</PlainText></Password></a>
            unattend.xml        | <a><ProductKey>x</ProductKey></a>
            bootstrap.ini       | UserPassword=
            bootstrap.ini       | SkipAdminPassword2=x
            syslinux.cfg        | default install
            preseed.cfg         | `#  comment`
            """)
    void shouldNotCryWolf(String name, String text) {
        assertThat(Secrets.in(name, utf8(text))).isEmpty();
    }

    @Test
    void shouldReadWhatWindowsWrites() {
        byte[] utf16 = ("\ufeff[Default]\r\nUserPassword=x\r\n").getBytes(StandardCharsets.UTF_16LE);
        assertThat(Secrets.in("boot.wim:/deploy/scripts/bootstrap.ini", utf16)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unattend.xml", "bootstrap.ini"})
    void shouldCountWhatIsTooLongAsASecret(String name) {
        assertThat(Secrets.in(name, new byte[Secrets.MAX_BYTES + 1]))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("too long"));
    }

    /** By the square of its length it would take half an hour. */
    @Test
    void shouldReadALineOfNothingButTheWordInATimeThatGrowsWithItsLength() {
        String line = "a " + "password".repeat(Secrets.MAX_BYTES / 8 - 1);

        assertThat(Secrets.in("tree/preseed.cfg", utf8(line))).isEmpty();
    }

    /** For which the JDK has no message, and throws another exception than its interface says. */
    @Test
    void shouldCountADoctypeWithACharacterThatXmlHasNotAsASecret() {
        assertThat(Secrets.in("unattend.xml", utf8("<!DOCTYPE a [\u0001]><a/>")))
                .isPresent();
    }
}
