#include "models/lift/checkpointimport.h"

#include "core/pose/skeleton.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/temporalmodel_torch.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr const char *kExpected = "a plain dictionary of tensors, saved in Python by torch.save(dict(state_dict), 'NAME.pt')";

Error notPlain(const fs::path &path, const std::string &found)
{
    return Error(ErrorCode::WrongFormat, {{"path", path.string()}, {"expected", kExpected}, {"found", found}});
}

Result<std::vector<char>> readBytes(const fs::path &path)
{
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
        return Error(ErrorCode::IsDirectory, {{"path", path.string()}, {"expected", "a PyTorch file"}});
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fs::exists(path, ignored) ? Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", "permission denied"}})
                                         : Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    }
    return std::vector<char>(std::istreambuf_iterator<char>(file), {});
}

bool contains(const std::vector<char> &bytes, std::string_view text)
{
    return std::search(bytes.begin(), bytes.end(), text.begin(), text.end()) != bytes.end();
}

/// What a file that cannot be unpickled is; the zip entries of torch.save are not compressed.
std::string describe(const std::vector<char> &bytes, const std::string &reason)
{
    if (!contains(bytes, "PK\x03\x04"))
        return contains(bytes, "ctorch._utils") ? "PyTorch's format before version 1.6" : "something else";
    if (contains(bytes, "OrderedDict"))
        return "an OrderedDict (an ordinary state_dict or a checkpoint around one)";
    return "a file that cannot be read: " + reason;
}

Result<WeightsFile> tensorsOf(const c10::IValue &value, const fs::path &path)
{
    if (!value.isGenericDict())
        return notPlain(path, "a " + value.tagKind());
    WeightsFile weights;
    for (const auto &item : value.toGenericDict()) {
        if (!item.key().isString() || !item.value().isTensor())
            return notPlain(path, "an entry that is not a named tensor");
        const std::string &name = item.key().toStringRef();
        WeightArray array = toWeightArray(item.value().toTensor());
        if (!std::ranges::all_of(array.values, [](float number) { return std::isfinite(number); }))
            return Error(ErrorCode::NotFinite, {{"path", path.string()}, {"name", name}});
        weights.arrays.emplace(name, std::move(array));
    }
    if (weights.arrays.empty())
        return notPlain(path, "an empty dictionary");
    return weights;
}

/// [out, in, width] of a convolution.
Result<std::vector<std::int64_t>> kernelShape(const WeightsFile &weights, const std::string &name, const fs::path &path)
{
    const auto found = weights.arrays.find(name);
    if (found == weights.arrays.end())
        return Error(ErrorCode::MissingDataset, {{"path", path.string()}, {"name", name}});
    if (found->second.shape.size() != 3) {
        return Error(ErrorCode::WrongShape, {{"path", path.string()}, {"name", name}, {"expected", "[out, in, width]"},
                                             {"found", shapeText(found->second.shape)}});
    }
    return found->second.shape;
}

Result<std::vector<std::int64_t>> filterWidths(const WeightsFile &weights, const fs::path &path)
{
    std::vector<std::int64_t> widths;
    std::string name = "expand_conv.weight";
    while (widths.empty() || weights.arrays.contains(name)) {
        const Result<std::vector<std::int64_t>> shape = kernelShape(weights, name, path);
        if (!shape)
            return shape.error();
        if ((*shape)[2] % 2 == 0) {
            return Error(ErrorCode::WrongShape, {{"path", path.string()}, {"name", name}, {"expected", "an odd filter width"},
                                                 {"found", shapeText(*shape)}});
        }
        widths.push_back((*shape)[2]);
        name = "layers_conv." + std::to_string(2 * (widths.size() - 1)) + ".weight";
    }
    return widths;
}

Error contradiction(const char *name, const std::string &expected, std::int64_t found)
{
    return Error(ErrorCode::BadArgument, {{"name", name}, {"expected", expected}, {"found", std::to_string(found)}});
}

/// The joints of @p skeleton must be as many as the network has.
Result<Skeleton> checkedSkeleton(const char *argument, const std::string &name, std::int64_t joints)
{
    Result<Skeleton> skeleton = findSkeleton(name);
    if (skeleton && skeleton->jointCount() != joints)
        return contradiction(argument, "a skeleton with the network's " + std::to_string(joints) + " joints", skeleton->jointCount());
    return skeleton;
}

} // namespace

Result<WeightsFile> importTorchWeights(const fs::path &path)
{
    const Result<std::vector<char>> bytes = readBytes(path);
    if (!bytes)
        return bytes.error();
    try {
        return tensorsOf(torch::pickle_load(*bytes), path);
    } catch (const c10::Error &error) {
        std::string reason = error.what_without_backtrace();
        return notPlain(path, describe(*bytes, reason.substr(0, reason.find('\n'))));
    } catch (const std::exception &error) { // the zip reader throws these on damaged files
        return notPlain(path, describe(*bytes, error.what()));
    }
}

Result<void> describeTemporalModel(WeightsFile &weights, const TemporalImportOptions &options, const fs::path &path)
{
    const Result<std::vector<std::int64_t>> widths = filterWidths(weights, path);
    if (!widths)
        return widths.error();
    const std::vector<std::int64_t> expand = *kernelShape(weights, "expand_conv.weight", path);
    const Result<std::vector<std::int64_t>> shrink = kernelShape(weights, "shrink.weight", path);
    if (!shrink)
        return shrink.error();
    if (options.inFeatures < 1 || expand[1] % options.inFeatures != 0)
        return contradiction("--in-features", "a divisor of the network's " + std::to_string(expand[1]) + " inputs", options.inFeatures);
    if ((*shrink)[0] % 3 != 0) {
        return Error(ErrorCode::WrongShape, {{"path", path.string()}, {"name", "shrink.weight"}, {"expected", "[3·joints, channels, 1]"},
                                             {"found", shapeText(*shrink)}});
    }
    const std::int64_t jointsIn = expand[1] / options.inFeatures;
    const std::int64_t jointsOut = (*shrink)[0] / 3;
    const Result<Skeleton> input = checkedSkeleton("--input-skeleton", options.inputSkeleton, jointsIn);
    if (!input)
        return input.error();
    // The trajectory network of VideoPose3D has the root alone.
    if (jointsOut > 1) {
        if (const Result<Skeleton> output = checkedSkeleton("--output-skeleton", options.outputSkeleton, jointsOut); !output)
            return output.error();
    }
    try {
        TemporalModel model(TemporalModelOptions().num_joints_in(jointsIn).in_features(options.inFeatures).num_joints_out(jointsOut)
                                .filter_widths(*widths).channels(expand[0]).causal(options.causal));
        if (Result<void> loaded = loadWeights(*model, weights, path.string()); !loaded)
            return loaded;
    } catch (const c10::Error &error) {
        return Error(ErrorCode::NetworkNotReadable, {{"path", path.string()}, {"detail", error.what_without_backtrace()}});
    }
    weights.attributes = {{"architecture", "videopose3d_temporal"}, {"filter_widths", *widths}, {"channels", expand[0]},
                          {"causal", options.causal}, {"in_features", options.inFeatures}, {"input_joints", input->joints},
                          {"output_skeleton", options.outputSkeleton}, {"output_joints", jointsOut},
                          {"frames_per_second", options.framesPerSecond}, {"normalisation", options.normalisation}};
    return {};
}

} // namespace poselift
