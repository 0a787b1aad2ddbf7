#include "tests/support/faultyvfs.h"

#include <cstring>

#include <sqlite3.h>

std::atomic<bool> FaultyVfs::diskIsFull = false;
std::atomic<bool> FaultyVfs::syncFails = false;
std::atomic<int> FaultyVfs::syncs = 0;
std::string FaultyVfs::readOnlyFolder;
std::string FaultyVfs::locklessFolder;
std::string FaultyVfs::faultyFolder;

namespace {

// The real file's structure follows directly behind ours (szOsFile makes room for both).
struct FaultyFile
{
    sqlite3_file base;
    bool hasLocks;
    bool isFaulty; ///< below faultyFolder
};

bool isBelow(const char *name, const std::string &folder)
{
    return name != nullptr && !folder.empty() &&
           std::strncmp(name, folder.c_str(), folder.size()) == 0;
}

sqlite3_file *real(sqlite3_file *file)
{
    return reinterpret_cast<sqlite3_file *>(reinterpret_cast<FaultyFile *>(file) + 1);
}

const sqlite3_io_methods kMethods{
    1, // no shared memory: journals must do without
    [](sqlite3_file *f) { return real(f)->pMethods->xClose(real(f)); },
    [](sqlite3_file *f, void *to, int size, sqlite3_int64 at) {
        return real(f)->pMethods->xRead(real(f), to, size, at);
    },
    [](sqlite3_file *f, const void *from, int size, sqlite3_int64 at) {
        const bool fails = FaultyVfs::diskIsFull && reinterpret_cast<FaultyFile *>(f)->isFaulty;
        return fails ? SQLITE_FULL : real(f)->pMethods->xWrite(real(f), from, size, at);
    },
    [](sqlite3_file *f, sqlite3_int64 size) { return real(f)->pMethods->xTruncate(real(f), size); },
    [](sqlite3_file *f, int flags) {
        ++FaultyVfs::syncs;
        const bool fails = FaultyVfs::syncFails && reinterpret_cast<FaultyFile *>(f)->isFaulty;
        return fails ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
    },
    [](sqlite3_file *f, sqlite3_int64 *size) {
        return real(f)->pMethods->xFileSize(real(f), size);
    },
    [](sqlite3_file *f, int lock) {
        return reinterpret_cast<FaultyFile *>(f)->hasLocks ? real(f)->pMethods->xLock(real(f), lock)
                                                           : SQLITE_IOERR_LOCK;
    },
    [](sqlite3_file *f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    [](sqlite3_file *f, int *held) { return real(f)->pMethods->xCheckReservedLock(real(f), held); },
    [](sqlite3_file *f, int op, void *arg) {
        return real(f)->pMethods->xFileControl(real(f), op, arg);
    },
    [](sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr};

int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    auto *system = static_cast<sqlite3_vfs *>(vfs->pAppData);
    file->pMethods = nullptr;
    if (isBelow(name, FaultyVfs::readOnlyFolder))
        return SQLITE_CANTOPEN;
    reinterpret_cast<FaultyFile *>(file)->hasLocks = !isBelow(name, FaultyVfs::locklessFolder);
    reinterpret_cast<FaultyFile *>(file)->isFaulty =
        FaultyVfs::faultyFolder.empty() || isBelow(name, FaultyVfs::faultyFolder);
    const int status = system->xOpen(system, name, real(file), flags, outFlags);
    if (real(file)->pMethods != nullptr)
        file->pMethods = &kMethods;
    return status;
}

} // namespace

std::string FaultyVfs::install()
{
    static sqlite3_vfs vfs = *::sqlite3_vfs_find(nullptr);
    static bool isInstalled = false;
    if (isInstalled)
        return vfs.zName;
    isInstalled = true;
    vfs.pAppData = ::sqlite3_vfs_find(nullptr);
    vfs.szOsFile += static_cast<int>(sizeof(FaultyFile));
    vfs.zName = "faulty";
    vfs.pNext = nullptr;
    vfs.xOpen = openFile;
    ::sqlite3_vfs_register(&vfs, 0);
    return vfs.zName;
}

void FaultyVfs::heal()
{
    diskIsFull = false;
    syncFails = false;
    readOnlyFolder.clear();
    locklessFolder.clear();
    faultyFolder.clear();
}
