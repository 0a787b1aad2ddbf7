#pragma once

#include <QtTest/QtTest>

#include <cstdlib>
#include <filesystem>

/// Folder of real data or reference values, from the environment; empty when unset.
inline std::filesystem::path testDataFolder(const char *variable)
{
    const char *value = std::getenv(variable);
    return value != nullptr ? std::filesystem::path(value) : std::filesystem::path();
}

/// Use as the first line of a test that needs POSELIFT_REAL_DATA or POSELIFT_GOLDEN.
#define POSELIFT_REQUIRE_DATA(folder, variable) \
    const std::filesystem::path folder = testDataFolder(variable); \
    if (folder.empty()) \
    QSKIP(variable " is not set")
