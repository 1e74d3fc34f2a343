package org.pxemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden vectors of algorithm version 1, computed by an independent program (Python). */
class RendezvousHashTest {
    @ParameterizedTest
    @CsvSource({
        "525400000001, 00000000-0000-4000-8000-000000000001, 0, 1744c90ea2747210",
        "525400000001, 00000000-0000-4000-8000-000000000001, 7, 3a5a3d18a46f77eb",
        "525400000001, f47ac10b-58cc-4372-a567-0e02b2c3d479, 0, 85bb527cce332cca",
        "525400000001, f47ac10b-58cc-4372-a567-0e02b2c3d479, 7, 616e05f9956dd12c",
        "525400000002, 00000000-0000-4000-8000-000000000001, 0, d729a556ae8973f0",
        "525400000002, 00000000-0000-4000-8000-000000000001, 7, 84ab51b125c86b52",
        "525400000002, f47ac10b-58cc-4372-a567-0e02b2c3d479, 0, 93e104af91a5c7be",
        "525400000002, f47ac10b-58cc-4372-a567-0e02b2c3d479, 7, c3b99fca03f820bf",
        "ffffffffffff, 00000000-0000-4000-8000-000000000001, 0, cabbc11ea1c1d0a0",
        "ffffffffffff, 00000000-0000-4000-8000-000000000001, 7, 54d84e805fc79d20",
        "ffffffffffff, f47ac10b-58cc-4372-a567-0e02b2c3d479, 0, cfa060e7795ecf8f",
        "ffffffffffff, f47ac10b-58cc-4372-a567-0e02b2c3d479, 7, f2d0ee9eee2f347e",
        "00, 00000000-0000-4000-8000-000000000001, 0, b33f80fcec6dcc78",
        "00, 00000000-0000-4000-8000-000000000001, 7, dae9bd7590035bcc",
        "00, f47ac10b-58cc-4372-a567-0e02b2c3d479, 0, 6860444085ead476",
        "00, f47ac10b-58cc-4372-a567-0e02b2c3d479, 7, 3811cf0c1b21b87a",
        "0123456789abcdef0123456789abcdef, 00000000-0000-4000-8000-000000000001, 0, 82da26513dbaccb2",
        "0123456789abcdef0123456789abcdef, 00000000-0000-4000-8000-000000000001, 7, a8e4a801b6c46f38",
        "0123456789abcdef0123456789abcdef, f47ac10b-58cc-4372-a567-0e02b2c3d479, 0, a3b2558ad7200e49",
        "0123456789abcdef0123456789abcdef, f47ac10b-58cc-4372-a567-0e02b2c3d479, 7, e50a556e309abb0a"
    })
    void shouldGiveTheSameValueForEver(String client, UUID peer, int replica, String expected) {
        // When
        var hash = RendezvousHash.of(HexFormat.of().parseHex(client), peer, replica);

        // Then
        assertThat(HexFormat.of().toHexDigits(hash)).isEqualTo(expected);
    }
}
