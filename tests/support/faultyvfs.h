#pragma once

#include <atomic>
#include <string>

/// A file layer for SQLite that does what the system's does, except for what a test switches on.
/// Fails at the call, as a full disk, a broken disk or an odd file system would.
struct FaultyVfs
{
    static std::atomic<bool> diskIsFull; ///< writing gives SQLITE_FULL
    static std::atomic<bool> syncFails;  ///< flushing gives an input/output error
    static std::atomic<int> syncs;       ///< how often was flushed
    /// Files below this folder cannot be made; empty: everywhere they can. Set before any is
    /// opened.
    static std::string readOnlyFolder;
    static std::string locklessFolder; ///< files below it cannot be locked

    /// Where diskIsFull and syncFails hold; empty: everywhere. Set before any file is opened.
    static std::string faultyFolder;

    /// Registers it; @return its name.
    static std::string install();
    /// All well again.
    static void heal();
};
