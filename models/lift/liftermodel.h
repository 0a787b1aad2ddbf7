#pragma once

#include "core/base/result.h"
#include "core/io/weightsfile.h"
#include "core/pose/skeleton.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// How a lifter wants its 2D input.
enum class LifterNormalisation {
    HipRay,     ///< "hip-ray-v1": lifterinput.h; needs exactly lifterInputJoints()
    CameraRays, ///< "camera-rays-v1": (x/z, y/z[, confidence]) as they are
    Screen,     ///< "screen-v1": VideoPose3D's normaliseScreen() of the pixels
};

/// Values of "architecture".
inline constexpr const char *kTemporalArchitecture = "videopose3d_temporal";
inline constexpr const char *kAdversarialArchitecture = "drover_adversarial";

enum class LifterArchitecture {
    Temporal,    ///< "videopose3d_temporal": temporalmodel_torch.h
    Adversarial, ///< "drover_adversarial": adversarialmodel_torch.h
};

/// What an adversarial lifter has besides: how its network's units relate to features and metres.
struct AdversarialGeometry
{
    std::int64_t blocks = 4;    ///< residual blocks of the generator
    double leak = 0.0;          ///< slope of the activation below 0
    double depth = 10.0;        ///< d: distance of a body in lengths of its head–root distance in the picture
    double featureScale = 1.0;  ///< features (lifterinput.h) per unit of the network's input
    double metresPerUnit = 1.0; ///< of the joints that the network's depths give
};

/// What model.json and the weights' attributes say of a lifter. The fields of the two are one set;
/// model.json wins.
struct LifterDescription
{
    std::string name;                       ///< folder name
    std::vector<std::string> inputJoints;   ///< by name, in the network's order
    int inFeatures = 3;                     ///< per joint: 2 = (x, y), 3 = with confidence
    Skeleton outputSkeleton;
    double framesPerSecond = 0;             ///< 0: any; keypoints are not resampled
    LifterNormalisation normalisation = LifterNormalisation::HipRay;
    std::vector<std::int64_t> filterWidths;
    std::int64_t channels = 0;
    bool causal = false;
    bool dense = false;
    LifterArchitecture architecture = LifterArchitecture::Temporal;
    AdversarialGeometry adversarial; ///< of that architecture
};

struct LifterModel
{
    LifterDescription description;
    WeightsFile weights;
    std::filesystem::path weightsPath;
};

/// Folder of the installed lifter @p name; empty: the one with the highest "priority", the user's
/// before the bundled. NoLifter, ModelNotFound (lists the installed ones).
Result<std::filesystem::path> findLifter(const std::string &name);

/// Reads model.json and the weights of one folder, checks sha256 and fields. Errors: FileNotFound,
/// WrongFormat, ManifestField, ChecksumMismatch and those of readWeights().
Result<LifterModel> readLifterModel(const std::filesystem::path &folder);

/// The fields of a lifter, checked. @p path is for messages.
Result<LifterDescription> parseLifterDescription(const nlohmann::json &fields, const std::string &path);

} // namespace poselift
