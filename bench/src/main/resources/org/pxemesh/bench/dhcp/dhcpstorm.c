/* dhcpstorm: many boot clients discover at once; offers per second, and how long each waited.
 *   dhcpstorm -i INTERFACE -h SERVER [-n CLIENTS] [-w OUTSTANDING] [-r PER_SECOND] [-t TIMEOUT_MS] [-m FIRST_MAC]
 * Every DISCOVER is another machine's (UEFI x64, PXEClient), sent to the server alone so that nobody else on the segment works for
 * it; the offers are broadcast, as DHCP wants. With -r they come at that rate, whatever the server does, and a client that waits
 * longer than the timeout is lost; without, a new client discovers when one has its offer. An offer counts when xid and hardware
 * address are the client's, the address is 0 (a proxy's) and option 60 says PXEClient. One line of JSON on stdout.
 * Builds with: cc -O2 -o dhcpstorm dhcpstorm.c */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { WAITING = 1, ANSWERED = 2, LOST = 3 };
static int total = 10000, outstanding = 32, rate = 0, timeout_ms = 1000;
static uint32_t first_mac = 0;
static double *sent, *took;
static unsigned char *state;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void mac_of(int client, unsigned char *mac) {
    uint32_t n = htonl(first_mac + (uint32_t)client);
    mac[0] = 0x02;
    mac[1] = 0x7d;
    memcpy(mac + 2, &n, 4);
}

static size_t discover(int client, unsigned char *p) {
    static const unsigned char options[] = {99, 130, 83, 99, 53, 1, 1, 57, 2, 5, 0xc0,
        55, 12, 1, 2, 3, 4, 5, 6, 12, 13, 43, 60, 66, 67, 93, 2, 0, 7, 94, 3, 1, 3, 16};
    uint32_t xid = htonl((uint32_t)client + 1);
    size_t at = 236;
    memset(p, 0, 400);
    p[0] = 1;
    p[1] = 1;
    p[2] = 6;
    memcpy(p + 4, &xid, 4);
    p[10] = 0x80;
    mac_of(client, p + 28);
    memcpy(p + at, options, sizeof options);
    at += sizeof options;
    p[at++] = 97;
    p[at++] = 17;
    p[at++] = 0;
    at += 10;
    mac_of(client, p + at);
    at += 6;
    p[at++] = 60;
    p[at++] = 32;
    memcpy(p + at, "PXEClient:Arch:00007:UNDI:003016", 32);
    at += 32;
    p[at++] = 255;
    return at;
}

/* The client whose proxy offer this is, or -1. */
static int offer_of(const unsigned char *p, ssize_t n) {
    unsigned char mac[6];
    uint32_t xid;
    int pxe = 0, offer = 0;
    if (n < 240 || p[0] != 2 || memcmp(p + 16, "\0\0\0\0", 4) != 0) return -1;
    memcpy(&xid, p + 4, 4);
    xid = ntohl(xid);
    if (xid < 1 || xid > (uint32_t)total) return -1;
    mac_of((int)xid - 1, mac);
    if (memcmp(mac, p + 28, 6) != 0) return -1;
    for (ssize_t at = 240; at + 1 < n && p[at] != 255;) {
        if (p[at] == 0) {
            at++;
            continue;
        }
        if (at + 2 + p[at + 1] > n) return -1;
        if (p[at] == 53) offer = p[at + 2] == 2;
        if (p[at] == 60) pxe = p[at + 1] >= 9 && memcmp(p + at + 2, "PXEClient", 9) == 0;
        at += 2 + p[at + 1];
    }
    return pxe && offer ? (int)xid - 1 : -1;
}

int main(int argc, char **argv) {
    const char *nic = "eth0";
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(67)};
    struct sockaddr_in self = {.sin_family = AF_INET, .sin_port = htons(68)};
    unsigned char packet[2048];
    int option, one = 1, room = 8 << 20, next = 0, open = 0, answered = 0, lost = 0, doubled = 0, oldest = 0;
    while ((option = getopt(argc, argv, "i:h:n:w:r:t:m:")) != -1) {
        switch (option) {
            case 'i': nic = optarg; break;
            case 'h': inet_pton(AF_INET, optarg, &server.sin_addr); break;
            case 'n': total = atoi(optarg); break;
            case 'w': outstanding = atoi(optarg); break;
            case 'r': rate = atoi(optarg); break;
            case 't': timeout_ms = atoi(optarg); break;
            case 'm': first_mac = (uint32_t)strtoul(optarg, NULL, 0); break;
            default: return 2;
        }
    }
    sent = calloc((size_t)total, sizeof *sent);
    took = calloc((size_t)total, sizeof *took);
    state = calloc((size_t)total, 1);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, nic, (socklen_t)strlen(nic)) != 0
        || bind(fd, (struct sockaddr *)&self, sizeof self) != 0) {
        perror("port 68");
        return 2;
    }
    double began = now(), last = began;
    while (answered + lost < total) {
        double t = now();
        while (next < total && (rate > 0 ? began + (double)next / rate <= t : open < outstanding)) {
            size_t length = discover(next, packet);
            sent[next] = now();
            state[next] = WAITING;
            if (sendto(fd, packet, length, 0, (struct sockaddr *)&server, sizeof server) < 0) {
                perror("sendto");
                return 2;
            }
            next++;
            open++;
        }
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        poll(&ready, 1, rate > 0 && next < total ? 0 : 1);
        ssize_t n;
        while ((n = recv(fd, packet, sizeof packet, MSG_DONTWAIT)) > 0) {
            int client = offer_of(packet, n);
            if (client < 0) continue;
            if (state[client] == WAITING) {
                last = now();
                took[answered++] = last - sent[client];
                state[client] = ANSWERED;
                open--;
            } else if (state[client] == ANSWERED) {
                doubled++;
            }
        }
        for (t = now(); oldest < next && (state[oldest] != WAITING || t - sent[oldest] > timeout_ms / 1e3); oldest++) {
            if (state[oldest] == WAITING) {
                state[oldest] = LOST;
                lost++;
                open--;
            }
        }
    }
    double seconds = last - began;
    qsort(took, (size_t)answered, sizeof *took, ascending);
    double p50 = answered ? took[answered / 2] : 0, p99 = answered ? took[(int)(answered * 0.99)] : 0;
    printf("{\"clients\":%d,\"answered\":%d,\"lost\":%d,\"doubled\":%d,\"seconds\":%.4f,\"offersPerSecond\":%.1f,"
           "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}\n",
        total, answered, lost, doubled, seconds, seconds > 0 ? answered / seconds : 0, p50 * 1e3, p99 * 1e3,
        answered ? took[answered - 1] * 1e3 : 0);
    return 0;
}
