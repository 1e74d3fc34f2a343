/* tftpload: drive many concurrent TFTP downloads against one server, verify every byte, report rates.
 *   tftpload -h HOST -f FILE [-p PORT] [-b BLKSIZE] [-w WINDOW] [-c CONCURRENT] [-n TRANSFERS] [-r REF] [-l
 * LOSS%] [-t TIMEOUT_MS] [-G] REF is a local copy of FILE: each transfer's bytes are compared with it. LOSS drops
 * that share of received DATA packets. -G takes datagrams one by one instead of joined (UDP_GRO). One line of JSON on stdout.  Builds with: cc -O2 -o tftpload
 * tftpload.c */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#define BATCH 64
#define MAXPKT 65536
#ifndef UDP_GRO
#define UDP_GRO 104
#endif
typedef struct {
    int fd;
    int active, gotoack;
    struct sockaddr_in peer;
    int blk, win;
    uint64_t next; /* next expected block, absolute */
    uint64_t bytes;
    int since_ack;
    double start, last;
    int rexmit;
} X;
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}
static char *host = "127.0.0.1", *file = NULL, *ref = NULL;
static int port = 69, blk = 1456, win = 1, conc = 1, total = 1, tmo = 1000;
static double loss = 0;
static struct sockaddr_in srv;
static unsigned char* refp;
static size_t refn;
static unsigned char bufs[BATCH][MAXPKT];
static char ctl[BATCH][64];
static int gro = 1;
static struct mmsghdr mm[BATCH];
static struct iovec iov[BATCH];
static struct sockaddr_in from[BATCH];
static double* dur;
static int done, failed, started;
static uint64_t tot, dups, rex, dropped, bad;
static unsigned rs = 12345;
static int cmp(const void* a, const void* b) {
    double x = *(double*)a, y = *(double*)b;
    return x < y ? -1 : x > y;
}
static void rrq(X* x) {
    unsigned char p[600];
    int n = 2;
    p[0] = 0;
    p[1] = 1;
    n += sprintf((char*)p + n, "%s", file) + 1;
    n += sprintf((char*)p + n, "octet") + 1;
    n += sprintf((char*)p + n, "tsize") + 1;
    n += sprintf((char*)p + n, "0") + 1;
    if (blk != 512) {
        n += sprintf((char*)p + n, "blksize") + 1;
        n += sprintf((char*)p + n, "%d", blk) + 1;
    }
    if (win > 1) {
        n += sprintf((char*)p + n, "windowsize") + 1;
        n += sprintf((char*)p + n, "%d", win) + 1;
    }
    sendto(x->fd, p, n, 0, (void*)&srv, sizeof srv);
    x->last = now();
}
static void ack(X* x, uint64_t b) {
    unsigned char p[4] = {0, 4, (b >> 8) & 255, b & 255};
    send(x->fd, p, 4, 0); /* connected since the first packet: no route is looked up each time */
    x->since_ack = 0;
}
/* What a card or the kernel joined comes as one buffer with the size of the datagrams in it. */
static int segment(struct msghdr* m, int len) {
    for (struct cmsghdr* c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c))
        if (c->cmsg_level == SOL_UDP && c->cmsg_type == UDP_GRO)
            return *(int*)CMSG_DATA(c);
    return len > 0 ? len : 1;
}
static void begin(X* x, int ep) {
    x->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    int rb = 4 << 20;
    setsockopt(x->fd, SOL_SOCKET, SO_RCVBUF, &rb, sizeof rb);
    if (gro)
        setsockopt(x->fd, SOL_UDP, UDP_GRO, &gro, sizeof gro);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = x};
    epoll_ctl(ep, EPOLL_CTL_ADD, x->fd, &e);
    x->active = 1;
    x->gotoack = 0;
    x->blk = 512;
    x->win = 1;
    x->next = 1;
    x->bytes = 0;
    x->since_ack = 0;
    x->rexmit = 0;
    memset(&x->peer, 0, sizeof x->peer);
    x->start = now();
    rrq(x);
    started++;
}
static void finish(X* x, int ok, int ep) {
    if (ok) {
        dur[done++] = now() - x->start;
    } else
        failed++;
    close(x->fd);
    x->active = 0;
    if (started < total)
        begin(x, ep);
}
/* One datagram; whether the last block in order is to be acknowledged again at the end of the batch, or ENDED. */
#define ENDED (-1)
static int packet(X* x, unsigned char* p, int len, int ep, double t, int wantack) {
    if (len < 4)
        return wantack;
    int op = p[0] << 8 | p[1];
    if (op == 5) {
        fprintf(stderr, "ERROR %d %.*s\n", p[2] << 8 | p[3], len - 4, p + 4);
        finish(x, 0, ep);
        return ENDED;
    }
    if (op == 6) {
        if (!x->gotoack) {
            x->gotoack = 1;
            char *q = (char*)p + 2, *e = (char*)p + len;
            while (q < e) {
                char* kx = q;
                q += strlen(q) + 1;
                if (q >= e)
                    break;
                char* vx = q;
                q += strlen(q) + 1;
                if (!strcasecmp(kx, "blksize"))
                    x->blk = atoi(vx);
                else if (!strcasecmp(kx, "windowsize"))
                    x->win = atoi(vx);
            }
        }
        x->last = t;
        ack(x, 0);
        return wantack;
    }
    if (op != 3)
        return wantack;
    if (loss > 0 && (rand_r(&rs) / (double)RAND_MAX) < loss) {
        dropped++;
        return wantack;
    }
    x->last = t;
    int b = p[2] << 8 | p[3];
    int dl = len - 4;
    if ((x->next & 0xffff) != (uint64_t)b) {
        dups++;
        return 1;
    }
    if (refp && (x->bytes + dl > refn || memcmp(refp + x->bytes, p + 4, dl))) {
        bad++;
        fprintf(stderr, "BAD bytes at %lu\n", (unsigned long)x->bytes);
        finish(x, 0, ep);
        return ENDED;
    }
    x->bytes += dl;
    x->next++;
    x->since_ack++;
    if (dl < x->blk) {
        ack(x, x->next - 1);
        tot += x->bytes;
        int ok = !refp || x->bytes == refn;
        if (!ok)
            bad++;
        finish(x, ok, ep);
        return ENDED;
    }
    if (x->since_ack >= x->win) {
        ack(x, x->next - 1);
        return 0;
    }
    return wantack;
}
int main(int c, char** v) {
    int o;
    while ((o = getopt(c, v, "h:p:f:b:w:c:n:r:l:t:G")) > 0) switch (o) {
            case 'h':
                host = optarg;
                break;
            case 'p':
                port = atoi(optarg);
                break;
            case 'f':
                file = optarg;
                break;
            case 'b':
                blk = atoi(optarg);
                break;
            case 'w':
                win = atoi(optarg);
                break;
            case 'c':
                conc = atoi(optarg);
                break;
            case 'n':
                total = atoi(optarg);
                break;
            case 'r':
                ref = optarg;
                break;
            case 'l':
                loss = atof(optarg) / 100;
                break;
            case 'G':
                gro = 0;
                break;
            case 't':
                tmo = atoi(optarg);
                break;
            default:
                return 2;
        }
    if (!file)
        return 2;
    if (conc > total)
        conc = total;
    if (ref) {
        int f = open(ref, O_RDONLY);
        struct stat s;
        if (f < 0 || fstat(f, &s)) {
            perror(ref);
            return 2;
        }
        refn = s.st_size;
        refp = mmap(0, refn, PROT_READ, MAP_SHARED, f, 0);
    }
    srv.sin_family = AF_INET;
    srv.sin_port = htons(port);
    inet_pton(AF_INET, host, &srv.sin_addr);
    dur = calloc(total, sizeof *dur);
    X* xs = calloc(conc, sizeof *xs);
    int ep = epoll_create1(0);
    for (int i = 0; i < BATCH; i++) {
        iov[i].iov_base = bufs[i];
        iov[i].iov_len = MAXPKT;
        mm[i].msg_hdr.msg_iov = &iov[i];
        mm[i].msg_hdr.msg_iovlen = 1;
        mm[i].msg_hdr.msg_name = &from[i];
        mm[i].msg_hdr.msg_control = gro ? ctl[i] : NULL;
    }
    double t0 = now();
    for (int i = 0; i < conc; i++) begin(&xs[i], ep);
    struct epoll_event ev[256];
    double lastsweep = now();
    while (done + failed < total) {
        int n = epoll_wait(ep, ev, 256, 50);
        for (int i = 0; i < n; i++) {
            X* x = ev[i].data.ptr;
            if (!x->active)
                continue;
            int batch = win == 1 ? 1 : gro ? 4 : BATCH; /* in lock-step there is never a second one */
            for (int i2 = 0; i2 < batch; i2++) {
                mm[i2].msg_hdr.msg_namelen = sizeof from[0];
                mm[i2].msg_hdr.msg_controllen = gro ? sizeof ctl[0] : 0;
            }
            int k = recvmmsg(x->fd, mm, batch, 0, NULL);
            int wantack = 0;
            double t = now();
            for (int j = 0; j < k && wantack != ENDED; j++) {
                int whole = mm[j].msg_len, seg = segment(&mm[j].msg_hdr, whole);
                if (x->peer.sin_port == 0) {
                    x->peer = from[j];
                    connect(x->fd, (void*)&x->peer, sizeof x->peer);
                } else if (from[j].sin_port != x->peer.sin_port ||
                           from[j].sin_addr.s_addr != x->peer.sin_addr.s_addr)
                    continue;
                for (int at = 0; at < whole && wantack != ENDED; at += seg)
                    wantack = packet(x, bufs[j] + at, whole - at < seg ? whole - at : seg, ep, t, wantack);
            }
            if (wantack == 1 && win > 1)
                ack(x, x->next - 1);
        }
        double t = now();
        if (t - lastsweep > 0.02) {
            lastsweep = t;
            for (int i = 0; i < conc; i++) {
                X* x = &xs[i];
                if (x->active && (t - x->last) * 1000 > tmo) {
                    if (++x->rexmit > 30) {
                        finish(x, 0, ep);
                        continue;
                    }
                    rex++;
                    x->last = t;
                    if (x->peer.sin_port == 0)
                        rrq(x);
                    else
                        ack(x, x->next - 1);
                }
            }
        }
    }
    double el = now() - t0;
    qsort(dur, done, sizeof *dur, cmp);
    printf(
        "{\"done\":%d,\"failed\":%d,\"bad\":%lu,\"seconds\":%.4f,\"MBps\":%.2f,\"p50_ms\":%.2f,\"p99_ms\":%."
        "2f,\"max_ms\":%.2f,\"client_rexmit\":%lu,\"out_of_order\":%lu,\"dropped\":%lu}\n",
        done, failed, (unsigned long)bad, el, tot / 1e6 / el, done ? dur[done / 2] * 1e3 : 0,
        done ? dur[(int)(done * 0.99)] * 1e3 : 0, done ? dur[done - 1] * 1e3 : 0, (unsigned long)rex,
        (unsigned long)dups, (unsigned long)dropped);
    return failed || bad ? 1 : 0;
}
