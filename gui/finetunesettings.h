#pragma once

#include "core/pose/edit/framerange.h"
#include "core/pose/track.h"

#include <QString>

#include <nlohmann/json_fwd.hpp>

#include <utility>
#include <vector>

namespace poselift {

/// What the user chose for a fine-tuning run. Zero and empty: what the preset or the data suggest.
struct FinetuneSettings
{
    QString model;
    QString objective = QStringLiteral("auto");                ///< "supervised", "semi", "adversarial", "reprojection"
    std::vector<std::pair<std::int64_t, std::int64_t>> frames; ///< [begin, end); empty: the corrected ones
    std::vector<TrackId> people;                               ///< empty: everybody
    QString preset = QStringLiteral("quick");                  ///< "thorough"
    int steps = 0;
    int batch = 0;
    double learningRate = 0.0;
    int frozenBlocks = 0;
    QString rehearsal;           ///< motion capture file of the original training; empty: none
    double rehearsalShare = 0.5; ///< of a batch
    double heldOutShare = 0.25;  ///< of the frames
    quint64 seed = 1234;
    QString device = QStringLiteral("auto");
};

/// Arguments of the worker's job "finetune", without "project" and "run" (models/finetune/finetune.h).
nlohmann::json toJson(const FinetuneSettings &settings);

} // namespace poselift
