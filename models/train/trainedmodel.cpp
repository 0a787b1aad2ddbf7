#include "models/train/trainedmodel.h"

#include "core/base/sha256.h"
#include "core/io/atomicfile.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace poselift {

namespace fs = std::filesystem;

Result<void> writeTrainedManifest(nlohmann::json manifest, const fs::path &folder,
                                  const std::vector<CompanionFile> &companions)
{
    std::vector<CompanionFile> files{{"weights.h5", "weights"}};
    files.insert(files.end(), companions.begin(), companions.end());
    manifest["files"] = nlohmann::json::array();
    for (const CompanionFile &file : files) {
        const Result<std::string> digest = sha256OfFile(folder / file.name);
        if (!digest)
            return digest.error();
        manifest["files"].push_back({{"name", file.name}, {"role", file.role}, {"sha256", *digest}});
    }
    return replaceFile(folder / "model.json", [&](const fs::path &temporary) -> Result<void> {
        std::ofstream file(temporary);
        file << manifest.dump(2) << '\n';
        if (!file.good())
            return Error(ErrorCode::CannotWrite, {{"path", temporary.string()}, {"detail", "write failed"}});
        return {};
    });
}

} // namespace poselift
