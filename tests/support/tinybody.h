#pragma once

#include <filesystem>

/// Writes base.obj, rig.mixamo.json and weights.mixamo.json of a mannequin to @p folder: a box for each
/// bone, an octahedron for the head, with the names and groups of the real files. 1.78 m high, in
/// decimetres, y up, it faces +z with its left side at +x.
void writeTinyBody(const std::filesystem::path &folder);
