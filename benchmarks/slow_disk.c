/* Makes every flush to disk take a millisecond longer, as on a disk that is not next to the processor. For LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

static const useconds_t LONGER = 1000;

int fsync(int file) {
    usleep(LONGER);
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
}

int fdatasync(int file) {
    usleep(LONGER);
    return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file);
}
