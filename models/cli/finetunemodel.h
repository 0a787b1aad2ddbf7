#pragma once

#include "models/finetune/finetune.h"

namespace poselift {

/// finetuneDetector() where @p options name an installed model that is no lifter, in builds with video; else
/// finetuneLifter(). Results and errors are theirs.
Result<nlohmann::json> finetuneModel(const FinetuneOptions &options, const JobContext &job);

} // namespace poselift
