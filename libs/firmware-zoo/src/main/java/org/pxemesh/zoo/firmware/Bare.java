package org.pxemesh.zoo.firmware;

/**
 * The machine that firmware runs on.
 *
 * @param chaddr its hardware address; six octets, or sixteen where EDK2 is built to send its GUID
 * @param guid option 97's 16 octets; empty for the Intel cards that send none
 * @param seed of its transaction ids
 * @param basePort the first of its ephemeral ports
 */
public record Bare(byte[] chaddr, byte[] guid, int seed, int basePort) {

    /** A machine whose GUID and ports follow from its number. */
    public static Bare number(int n) {
        return of(new byte[] {0x52, 0x54, 0, 0x7a, (byte) (n >> 8), (byte) n}, n);
    }

    /** A machine with a given address. */
    public static Bare of(byte[] chaddr, int n) {
        byte[] guid = new byte[16];
        for (int i = 0; i < guid.length; i++) {
            guid[i] = (byte) (n * 31 + i * 17 + 1);
        }
        return new Bare(chaddr, guid, 0x7a000000 + n * 0x100, 49_152 + n % 80 * 200);
    }

    public Bare withoutGuid() {
        return new Bare(chaddr, new byte[0], seed, basePort);
    }
}
