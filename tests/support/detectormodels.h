#pragma once

#include "core/base/sha256.h"
#include "tests/support/onnxwriter.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

/// Manifest of a network of 64 × 64 px, RGB 0…255, without its decoder.
inline nlohmann::json testManifest(const std::string &kind, const std::string &resize)
{
    nlohmann::json manifest = {{"kind", kind}, {"title", "Test"}, {"licence", "CC0"}, {"source", "made by the test"}, {"format", "onnx"}};
    manifest["input"] = {{"width", 64}, {"height", 64}, {"colour", "RGB"}, {"scale", 1}, {"resize", resize}};
    if (resize == "crop")
        manifest["input"]["padding"] = 1.0;
    if (kind == "keypoints")
        manifest["skeleton"] = "coco17";
    return manifest;
}

/// Writes ROOT/NAME with the network's bytes and the manifest completed by its file entry.
inline std::filesystem::path writeModel(const std::filesystem::path &root, const std::string &name, nlohmann::json manifest,
                                        const std::string &network)
{
    const std::filesystem::path folder = root / name;
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "net.onnx", std::ios::binary) << network;
    poselift::Sha256 sha;
    sha.add(network.data(), network.size());
    manifest["files"] = {{{"name", "net.onnx"}, {"role", "network"}, {"sha256", sha.finish()}}};
    std::ofstream(folder / "model.json") << manifest.dump(1);
    return folder;
}
