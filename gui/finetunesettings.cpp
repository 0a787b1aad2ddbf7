#include "gui/finetunesettings.h"

#include <nlohmann/json.hpp>

namespace poselift {

nlohmann::json toJson(const FinetuneSettings &settings)
{
    return {{"model", settings.model.toStdString()},
            {"objective", settings.objective.toStdString()},
            {"frames", settings.frames},
            {"tracks", settings.people},
            {"preset", settings.preset.toStdString()},
            {"steps", settings.steps},
            {"batch", settings.batch},
            {"learning_rate", settings.learningRate},
            {"frozen_blocks", settings.frozenBlocks},
            {"rehearsal_share", settings.rehearsalShare},
            {"rehearsal", settings.rehearsal.toStdString()},
            {"held_out_share", settings.heldOutShare},
            {"seed", settings.seed},
            {"device", settings.device.toStdString()}};
}

} // namespace poselift
