/* firstoffer: when does a peer make its first offer?
 *   firstoffer -i INTERFACE -s PEER [-t SECONDS]
 * Broadcasts a DISCOVER of another machine (UEFI x64, PXEClient) every 10 ms until an offer of one of them comes from the
 * peer's address, and prints one line of JSON: the monotonic clock's nanoseconds then, which Java's nanoTime counts too.
 * It sleeps in between: who starts needs the processors. Exit 1 when no offer came.
 * Builds with: cc -O2 -o firstoffer firstoffer.c */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static size_t discover(uint32_t machine, unsigned char *p) {
    static const unsigned char options[] = {99, 130, 83, 99, 53, 1, 1, 55, 5, 1, 3, 43, 60, 67, 93, 2, 0, 7, 94, 3, 1, 3, 16};
    uint32_t n = htonl(machine);
    size_t at = 236;
    memset(p, 0, 400);
    p[0] = 1;
    p[1] = 1;
    p[2] = 6;
    memcpy(p + 4, &n, 4);
    p[10] = 0x80;
    p[28] = 0x02;
    p[29] = 0x7e;
    memcpy(p + 30, &n, 4);
    memcpy(p + at, options, sizeof options);
    at += sizeof options;
    p[at++] = 97;
    p[at++] = 17;
    at += 13;
    memcpy(p + at, &n, 4);
    at += 4;
    p[at++] = 60;
    p[at++] = 32;
    memcpy(p + at, "PXEClient:Arch:00007:UNDI:003016", 32);
    at += 32;
    p[at++] = 255;
    return at;
}

int main(int argc, char **argv) {
    const char *nic = "eth0";
    struct sockaddr_in all = {.sin_family = AF_INET, .sin_port = htons(67)};
    struct sockaddr_in self = {.sin_family = AF_INET, .sin_port = htons(68)};
    struct sockaddr_in from;
    struct in_addr peer = {0};
    unsigned char packet[2048];
    int option, one = 1, seconds = 60;
    uint32_t machine = (uint32_t)now();
    all.sin_addr.s_addr = INADDR_BROADCAST;
    while ((option = getopt(argc, argv, "i:s:t:")) != -1) {
        switch (option) {
            case 'i': nic = optarg; break;
            case 's': inet_pton(AF_INET, optarg, &peer); break;
            case 't': seconds = atoi(optarg); break;
            default: return 2;
        }
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &one, sizeof one);
    if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, nic, (socklen_t)strlen(nic)) != 0
        || bind(fd, (struct sockaddr *)&self, sizeof self) != 0) {
        perror("port 68");
        return 2;
    }
    long long end = now() + seconds * 1000000000LL, next = now();
    while (now() < end) {
        if (now() >= next) {
            size_t length = discover(++machine, packet);
            if (sendto(fd, packet, length, 0, (struct sockaddr *)&all, sizeof all) < 0) {
                perror("sendto");
                return 2;
            }
            next += 10000000LL;
        }
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        poll(&ready, 1, 5);
        socklen_t size = sizeof from;
        ssize_t n;
        while ((n = recvfrom(fd, packet, sizeof packet, MSG_DONTWAIT, (struct sockaddr *)&from, &size)) > 0) {
            if (n > 240 && packet[0] == 2 && packet[28] == 0x02 && packet[29] == 0x7e
                && from.sin_addr.s_addr == peer.s_addr) {
                printf("{\"monotonicNanos\":%lld}\n", now());
                return 0;
            }
            size = sizeof from;
        }
    }
    return 1;
}
