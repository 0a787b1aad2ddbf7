#include "models/train/trainingpacks.h"

#include <iterator>

namespace poselift {

Result<TrainingPacks> readTrainingPacks(const std::vector<std::filesystem::path> &paths)
{
    TrainingPacks packs;
    for (const std::filesystem::path &path : paths) {
        Result<KeypointPack> read = readKeypointPack(path);
        if (!read)
            return read.error();
        packs.counts.push_back(read->people.size());
        if (packs.counts.size() == 1) {
            packs.pack = *std::move(read);
            packs.name = path.filename().string();
            continue;
        }
        if (read->skeleton.joints != packs.pack.skeleton.joints)
            return Error(ErrorCode::WrongFormat, {{"path", path.string()},
                                                  {"expected", "the joints of " + packs.pack.skeleton.name},
                                                  {"found", read->skeleton.name}});
        packs.name += ", " + path.filename().string();
        packs.pack.description += "; " + read->description;
        packs.pack.people.insert(packs.pack.people.end(), std::make_move_iterator(read->people.begin()),
                                 std::make_move_iterator(read->people.end()));
    }
    return packs;
}

} // namespace poselift
