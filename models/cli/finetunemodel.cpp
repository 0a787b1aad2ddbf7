#include "models/cli/finetunemodel.h"

#ifdef POSELIFT_WITH_VIDEO
#include "models/finetune/finetunedetector.h"
#endif
#include "models/registry.h"

#include <algorithm>

namespace poselift {

Result<nlohmann::json> finetuneModel(const FinetuneOptions &options, const JobContext &job)
{
#ifdef POSELIFT_WITH_VIDEO
    const std::vector<InstalledModel> models = installedModels();
    const bool isDetector = std::ranges::any_of(models, [&options](const InstalledModel &model) {
        return model.name == options.model && model.kind != "lifter";
    });
    if (isDetector)
        return finetuneDetector(options, job);
#endif
    return finetuneLifter(options, job);
}

} // namespace poselift
