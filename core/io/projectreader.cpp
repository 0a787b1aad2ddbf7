#include "core/io/projectfile.h"

#include "core/base/pages.h"
#include "core/io/chunkedread.h"
#include "core/io/hdf5util.h"
#include "core/io/projectlayout.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <new>
#include <optional>
#include <span>
#include <stdexcept>

namespace poselift {

namespace {

using hdf5::Handle;
using hdf5::Shape;
using projectlayout::nameOfGroup;

constexpr std::int64_t kAny = -1; ///< in an expected shape: any length

std::string expectedText(const Shape &shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i > 0 ? ", " : "") + (shape[i] == kAny ? std::string("N") : std::to_string(shape[i]));
    return text + "]";
}

bool fits(const Shape &shape, const Shape &expected)
{
    return std::equal(shape.begin(), shape.end(), expected.begin(), expected.end(),
                      [](std::int64_t size, std::int64_t wanted) { return wanted == kAny || size == wanted; });
}

/// Reads one project. Steps return false once one has failed; error() tells the failure.
class ProjectReader
{
public:
    ProjectReader(hid_t file, std::string path) : m_file(file), m_path(std::move(path)) {}

    const Error &error() const { return *m_error; }

    bool readAll(Project &project)
    {
        return readMeta(project) && readMedia(project.media) && readSkeleton("skeleton", project.skeleton)
            && readCamera(project.camera) && readTracks("tracks", project.skeleton, project.tracks)
            && readLayers(project) && readSplits(project);
    }

private:
    bool fail(Error error)
    {
        m_error = std::move(error);
        return false;
    }

    bool wrong(const std::string &name, const std::string &expected, const std::string &found)
    {
        return fail(Error(ErrorCode::WrongFormat,
                          {{"path", m_path}, {"expected", expected + " in '" + name + "'"}, {"found", found}}));
    }

    bool text(const std::string &group, const char *name, std::string &value)
    {
        const Handle location(hdf5::exists(m_file, group) ? H5Gopen2(m_file, group.c_str(), H5P_DEFAULT) : H5I_INVALID_HID);
        if (!location.ok())
            return fail(Error(ErrorCode::MissingDataset, {{"path", m_path}, {"name", group}}));
        Result<std::string> read = hdf5::readTextAttribute(location, name, m_path);
        if (!read)
            return fail(read.error().code() == ErrorCode::MissingDataset
                            ? Error(ErrorCode::MissingDataset, {{"path", m_path}, {"name", group + "@" + name}})
                            : read.error());
        value = std::move(*read);
        return true;
    }

    template <typename Integer>
    bool integer(const std::string &group, const char *name, Integer &value,
                 std::int64_t least = std::numeric_limits<Integer>::min())
    {
        const Handle location(hdf5::exists(m_file, group) ? H5Gopen2(m_file, group.c_str(), H5P_DEFAULT) : H5I_INVALID_HID);
        if (!location.ok() || H5Aexists(location, name) <= 0)
            return fail(Error(ErrorCode::MissingDataset, {{"path", m_path}, {"name", group + "@" + name}}));
        const Handle attribute(H5Aopen(location, name, H5P_DEFAULT));
        const Handle type(H5Aget_type(attribute));
        const Handle space(H5Aget_space(attribute));
        std::int64_t read = 0;
        if (H5Tget_class(type) != H5T_INTEGER || H5Sget_simple_extent_npoints(space) != 1
            || H5Aread(attribute, H5T_NATIVE_INT64, &read) < 0)
            return wrong(group + "@" + name, "one integer", "something else");
        if (read < least || read > static_cast<std::int64_t>(std::numeric_limits<Integer>::max()))
            return wrong(group + "@" + name, "an integer from " + std::to_string(least), std::to_string(read));
        value = static_cast<Integer>(read);
        return true;
    }

    /// Whether the dataset @p name has this shape, in which kAny stands for any length, and data.
    template <typename T>
    bool hasShape(const std::string &name, const Shape &expected, Shape &found)
    {
        Result<Shape> shape = hdf5::shapeOf(m_file, name, m_path);
        if (!shape)
            return fail(shape.error());
        found = std::move(*shape);
        if (!fits(found, expected))
            return fail(Error(ErrorCode::WrongShape, {{"path", m_path},
                                                      {"name", name},
                                                      {"expected", expectedText(expected)},
                                                      {"found", hdf5::toText(found)}}));
        return isStored<T>(name, hdf5::elementCount(found))
            || fail(Error(ErrorCode::FileTruncated, {{"path", m_path}, {"detail", "dataset '" + name + "' has no data"}}));
    }

    /// @param expected as for hasShape(). @param shape receives the one found.
    template <typename T>
    bool array(const std::string &name, const Shape &expected, std::vector<T> &values, Shape *shape = nullptr)
    {
        Shape found;
        if (!hasShape<T>(name, expected, found))
            return false;
        Result<std::vector<T>> read = hdf5::readDataset<T>(m_file, name, m_path, shape);
        if (!read)
            return fail(read.error());
        values = std::move(*read);
        return true;
    }

    /// The same for an array of a track, which may be large. @param isSparse  most of it may be zero
    template <typename T>
    bool trackArray(const std::string &name, const Shape &expected, std::vector<T> &values, bool isSparse,
                    Shape *shape = nullptr)
    {
        Shape found;
        if (!hasShape<T>(name, expected, found))
            return false;
        const auto count = static_cast<std::size_t>(hdf5::elementCount(found));
        values.resize(count);
        std::optional<Result<void>> read =
            hdf5::readChunks(m_file, name, hdf5::nativeType<T>(), std::as_writable_bytes(std::span(values)), m_path);
        if (!read)
            read = hdf5::readRaw(m_file, name, hdf5::nativeType<T>(), values.data(), m_path);
        if (!*read)
            return fail(read->error());
        if (isSparse)
            releaseZeroPages(values.data(), count * sizeof(T));
        if (shape != nullptr)
            *shape = std::move(found);
        return true;
    }

    /// Whether the file holds numbers for @p count values; a damaged shape must not make us ask for
    /// all memory. 1100: deflate shrinks by no more than a factor of 1032 (zlib's documentation).
    template <typename T>
    bool isStored(const std::string &name, std::int64_t count)
    {
        const Handle dataset(H5Dopen2(m_file, name.c_str(), H5P_DEFAULT));
        const Handle type(H5Dget_type(dataset));
        const H5T_class_t kind = H5Tget_class(type);
        if (kind != H5T_FLOAT && kind != H5T_INTEGER)
            return false;
        const auto stored = static_cast<double>(H5Dget_storage_size(dataset));
        return static_cast<double>(count) * static_cast<double>(H5Tget_size(type)) <= stored * 1100.0;
    }

    bool texts(const std::string &name, std::vector<std::string> &values)
    {
        Result<std::vector<std::string>> read = hdf5::readTexts(m_file, name, m_path);
        if (!read)
            return fail(read.error());
        values = std::move(*read);
        return true;
    }

    bool readMeta(Project &project)
    {
        std::string format;
        if (!hdf5::exists(m_file, "meta") || !text("meta", "format", format) || format != projectlayout::kFormatName)
            return fail(Error(ErrorCode::WrongFormat,
                              {{"path", m_path}, {"expected", "a Poselift project"}, {"found", "another kind of HDF5 file"}}));
        std::int64_t version = 0;
        if (!integer("meta", "format_version", version, 1))
            return false;
        if (version > kProjectFormatVersion)
            return fail(Error(ErrorCode::NewerVersion, {{"path", m_path},
                                                        {"expected", std::to_string(kProjectFormatVersion)},
                                                        {"found", std::to_string(version)}}));
        std::vector<std::string> keys;
        std::vector<std::string> values;
        if (!text("meta", "uuid", project.uuid) || !integer("meta", "save_generation", project.saveGeneration, 0)
            || !texts("meta/keys", keys) || !texts("meta/values", values))
            return false;
        if (keys.size() != values.size())
            return fail(Error(ErrorCode::WrongShape, {{"path", m_path},
                                                      {"name", "meta/values"},
                                                      {"expected", hdf5::toText({static_cast<std::int64_t>(keys.size())})},
                                                      {"found", hdf5::toText({static_cast<std::int64_t>(values.size())})}}));
        for (std::size_t i = 0; i < keys.size(); ++i)
            project.meta[keys[i]] = values[i];
        return true;
    }

    bool readMedia(MediaReference &media)
    {
        // A project may know how many frames there are before it knows their times: then none.
        Shape shape;
        if (!text("media", "path", media.path) || !integer("media", "size_bytes", media.sizeBytes, 0)
            || !integer("media", "frame_count", media.frameCount, 0) || !integer("media", "width", media.width, 0)
            || !integer("media", "height", media.height, 0) || !text("media", "pts_sha256", media.ptsHash)
            || !array("media/seconds", {kAny}, media.seconds, &shape))
            return false;
        return shape[0] == 0 || shape[0] == media.frameCount
            || fail(Error(ErrorCode::WrongShape, {{"path", m_path},
                                                  {"name", "media/seconds"},
                                                  {"expected", hdf5::toText({media.frameCount})},
                                                  {"found", hdf5::toText(shape)}}));
    }

    bool readSkeleton(const std::string &group, Skeleton &skeleton)
    {
        if (!text(group, "name", skeleton.name) || !text(group, "title", skeleton.title)
            || !text(group, "root", skeleton.root) || !text(group, "source", skeleton.source)
            || !texts(group + "/joints", skeleton.joints) || !jointPairs(group + "/bones", skeleton, skeleton.bones)
            || !jointPairs(group + "/pairs", skeleton, skeleton.pairs))
            return false;
        Shape shape;
        if (!array(group + "/oks_sigmas", {kAny}, skeleton.oksSigmas, &shape))
            return false;
        return shape[0] == 0 || shape[0] == skeleton.jointCount()
            || fail(Error(ErrorCode::WrongShape, {{"path", m_path},
                                                  {"name", group + "/oks_sigmas"},
                                                  {"expected", hdf5::toText({skeleton.jointCount()})},
                                                  {"found", hdf5::toText(shape)}}));
    }

    bool jointPairs(const std::string &name, const Skeleton &skeleton, std::vector<std::pair<int, int>> &pairs)
    {
        std::vector<std::int32_t> flat;
        if (!array(name, {kAny, 2}, flat))
            return false;
        for (std::size_t i = 0; i + 1 < flat.size(); i += 2) {
            for (const std::int32_t joint : {flat[i], flat[i + 1]}) {
                if (joint < 0 || joint >= skeleton.jointCount())
                    return wrong(name, "joints 0 to " + std::to_string(skeleton.jointCount() - 1), std::to_string(joint));
            }
            pairs.emplace_back(flat[i], flat[i + 1]);
        }
        return true;
    }

    bool readCamera(CameraIntrinsics &camera)
    {
        const std::string group = "cameras/video";
        std::vector<double> intrinsics;
        std::vector<double> distortion;
        int assumed = 0;
        if (!integer(group, "width", camera.width, 0) || !integer(group, "height", camera.height, 0)
            || !integer(group, "assumed", assumed, 0) || !array(group + "/intrinsics", {4}, intrinsics)
            || !array(group + "/distortion", {5}, distortion))
            return false;
        for (const std::vector<double> *values : {&intrinsics, &distortion}) {
            if (!std::all_of(values->begin(), values->end(), [](double value) { return std::isfinite(value); }))
                return fail(Error(ErrorCode::NotFinite, {{"path", m_path}, {"name", group}}));
        }
        camera.assumed = assumed != 0;
        camera.fx = intrinsics[0];
        camera.fy = intrinsics[1];
        camera.cx = intrinsics[2];
        camera.cy = intrinsics[3];
        camera.radial = {distortion[0], distortion[1], distortion[4]};
        camera.tangential = {distortion[2], distortion[3]};
        return true;
    }

    bool readTrack(const std::string &group, KeypointTrack &track)
    {
        Shape shape;
        const bool isSparse = group.starts_with("tracks/"); // the annotation: corrections here and there
        if (!text(group, "label", track.label)
            || !trackArray(group + "/xy", {kAny, track.jointCount, 2}, track.xy, isSparse, &shape)
            || !trackArray(group + "/confidence", {shape[0], shape[1]}, track.confidence, isSparse)
            || !trackArray(group + "/state", {shape[0], shape[1]}, track.state, isSparse))
            return false;
        const auto isUnknown = [](std::uint8_t state) { return (state & kStateMask) > 3 || (state >> 4U) > 4; };
        const auto unknown = std::find_if(track.state.begin(), track.state.end(), isUnknown);
        return unknown == track.state.end() || wrong(group + "/state", "known keypoint states", std::to_string(*unknown));
    }

    bool readTrack(const std::string &group, JointTrack &track)
    {
        Shape shape;
        return trackArray(group + "/xyz", {kAny, track.jointCount, 3}, track.xyz, false, &shape)
            && trackArray(group + "/valid", {shape[0], shape[1]}, track.valid, false);
    }

    template <typename Track>
    bool readTracks(const std::string &group, const Skeleton &skeleton, std::vector<Track> &tracks)
    {
        std::vector<std::pair<std::int64_t, Track>> ordered;
        for (const std::string &name : hdf5::childNames(m_file, group)) {
            Track track;
            const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), track.id);
            if (error != std::errc() || end != name.data() + name.size())
                return wrong(group, "track ids", "'" + name + "'");
            track.jointCount = skeleton.jointCount();
            const std::string location = group + "/" + name;
            std::int64_t order = 0;
            if (!integer(location, "order", order) || !integer(location, "first_frame", track.firstFrame, 0)
                || !readTrack(location, track))
                return false;
            ordered.emplace_back(order, std::move(track));
        }
        std::stable_sort(ordered.begin(), ordered.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
        for (auto &[order, track] : ordered)
            tracks.push_back(std::move(track));
        return true;
    }

    template <typename Layer>
    bool readLayer(const std::string &group, const std::string &name, std::vector<std::pair<std::int64_t, Layer>> &layers)
    {
        if (!hdf5::exists(m_file, group))
            return true;
        Layer layer;
        layer.name = name;
        std::int64_t order = 0;
        if (!integer(group, "order", order) || !text(group, "producer", layer.producer)
            || !readSkeleton(group + "/skeleton", layer.skeleton)
            || !readTracks(group + "/tracks", layer.skeleton, layer.tracks))
            return false;
        layers.emplace_back(order, std::move(layer));
        return true;
    }

    template <typename Layer>
    static void takeInOrder(std::vector<std::pair<std::int64_t, Layer>> &from, std::vector<Layer> &to)
    {
        std::stable_sort(from.begin(), from.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        for (auto &[order, layer] : from)
            to.push_back(std::move(layer));
    }

    bool readLayers(Project &project)
    {
        std::vector<std::pair<std::int64_t, KeypointLayer>> keypointLayers;
        std::vector<std::pair<std::int64_t, JointLayer>> jointLayers;
        for (const std::string &child : hdf5::childNames(m_file, "layers")) {
            const std::string name = nameOfGroup(child);
            const std::string group = "layers/" + child;
            if (!readLayer(group + "/keypoints", name, keypointLayers) || !readLayer(group + "/joints", name, jointLayers))
                return false;
        }
        takeInOrder(keypointLayers, project.keypointLayers);
        takeInOrder(jointLayers, project.jointLayers);
        return true;
    }

    bool readSplits(Project &project)
    {
        for (const std::string &child : hdf5::childNames(m_file, "splits")) {
            std::vector<std::int64_t> flat;
            if (!array("splits/" + child, {kAny, 2}, flat))
                return false;
            auto &ranges = project.splits[nameOfGroup(child)];
            for (std::size_t i = 0; i + 1 < flat.size(); i += 2)
                ranges.emplace_back(flat[i], flat[i + 1]);
        }
        return true;
    }

    hid_t m_file;
    std::string m_path;
    std::optional<Error> m_error;
};

Error outOfMemory(const std::filesystem::path &path)
{
    return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", "there is not enough memory"}});
}

} // namespace

Result<Project> readProject(const std::filesystem::path &path)
{
    const hdf5::Session session;
    try {
        Result<Handle> file = hdf5::openFile(path);
        if (!file)
            return file.error();
        Project project;
        ProjectReader reader(*file, path.string());
        if (!reader.readAll(project))
            return reader.error();
        return project;
    } catch (const std::bad_alloc &) {
        return outOfMemory(path);
    } catch (const std::length_error &) {
        return outOfMemory(path);
    }
}

} // namespace poselift
