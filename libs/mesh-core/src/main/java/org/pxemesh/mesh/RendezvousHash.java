package org.pxemesh.mesh;

import java.util.UUID;

/**
 * The 64-bit hash of algorithm version 1; every agent of a segment computes the same value on every platform.
 *
 * <pre>
 * h = 0xcbf29ce484222325
 * for each byte b of: client bytes, peer id (16 bytes, big-endian), replica (1 byte)
 *     h = (h xor b) * 0x100000001b3          FNV-1a, 64 bit
 * h ^= h >>> 33;  h *= 0xff51afd7ed558ccd     the finaliser of MurmurHash3: FNV alone
 * h ^= h >>> 33;  h *= 0xc4ceb9fe1a85ec53     mixes its last bytes badly, and the
 * h ^= h >>> 33                               last bytes are all that differs here
 * </pre>
 *
 * <p>Changing one bit of it is a new algorithm version: agents of both versions share a segment during an update.
 */
final class RendezvousHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private RendezvousHash() {}

    /**
     * @param client the client's hardware address, 1 to 16 bytes, or a package's name
     * @param replica 0 to 7
     */
    static long of(byte[] client, UUID peer, int replica) {
        var hash = FNV_OFFSET;
        for (var octet : client) {
            hash = step(hash, octet);
        }
        hash = steps(hash, peer.getMostSignificantBits());
        hash = steps(hash, peer.getLeastSignificantBits());
        return finish(step(hash, replica));
    }

    private static long step(long hash, int octet) {
        return (hash ^ (octet & 0xff)) * FNV_PRIME;
    }

    private static long steps(long hash, long value) {
        var result = hash;
        for (var shift = 56; shift >= 0; shift -= 8) {
            result = step(result, (int) (value >>> shift));
        }
        return result;
    }

    private static long finish(long hash) {
        var h = hash;
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
