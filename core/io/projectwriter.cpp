#include "core/io/projectwriter.h"

#include "core/io/projectfile.h"
#include "core/io/projectlayout.h"

#include <algorithm>
#include <array>
#include <set>

namespace poselift {

namespace {

using hdf5::Handle;
using hdf5::Shape;
using projectlayout::groupName;

Error badArgument(const std::string &name, const std::string &expected, const std::string &found)
{
    return Error(ErrorCode::BadArgument, {{"name", name}, {"expected", expected}, {"found", found}});
}

Result<void> checkTrack(const KeypointTrack &track, const Skeleton &skeleton, const std::string &name)
{
    const std::size_t keypoints = track.state.size();
    if (track.jointCount != skeleton.jointCount())
        return badArgument(name, std::to_string(skeleton.jointCount()) + " joints", std::to_string(track.jointCount));
    if (track.xy.size() != 2 * keypoints || track.confidence.size() != keypoints
        || keypoints != static_cast<std::size_t>(track.frameCount() * track.jointCount))
        return badArgument(name, "arrays of one length", "xy, confidence and state that differ");
    return {};
}

Result<void> checkTrack(const JointTrack &track, const Skeleton &skeleton, const std::string &name)
{
    const std::size_t joints = track.valid.size();
    if (track.jointCount != skeleton.jointCount())
        return badArgument(name, std::to_string(skeleton.jointCount()) + " joints", std::to_string(track.jointCount));
    if (track.xyz.size() != 3 * joints || joints != static_cast<std::size_t>(track.frameCount() * track.jointCount))
        return badArgument(name, "arrays of one length", "xyz and valid that differ");
    return {};
}

template <typename Track>
Result<void> checkTracks(const std::vector<Track> &tracks, const Skeleton &skeleton, const std::string &layer)
{
    std::set<TrackId> ids;
    for (const Track &track : tracks) {
        const std::string name = layer + "/" + std::to_string(track.id);
        if (!ids.insert(track.id).second)
            return badArgument(name, "every track id once", "twice");
        if (track.firstFrame < 0)
            return badArgument(name, "a first frame of 0 or more", std::to_string(track.firstFrame));
        if (Result<void> checked = checkTrack(track, skeleton, name); !checked)
            return checked;
    }
    return {};
}

template <typename Layer>
Result<void> checkLayers(const std::vector<Layer> &layers)
{
    std::set<std::string> names;
    for (const Layer &layer : layers) {
        if (layer.name.empty() || !names.insert(layer.name).second)
            return badArgument("layer '" + layer.name + "'", "a name of its own", "none or one twice");
        if (Result<void> checked = checkTracks(layer.tracks, layer.skeleton, "layer '" + layer.name + "'"); !checked)
            return checked;
    }
    return {};
}

bool hasLockedKeypoints(const std::vector<KeypointTrack> &tracks)
{
    return std::any_of(tracks.begin(), tracks.end(), [](const KeypointTrack &track) {
        return std::any_of(track.state.begin(), track.state.end(),
                           [](std::uint8_t state) { return (state & kLockedBit) != 0; });
    });
}

bool hasLockedKeypoints(const Project &project)
{
    return hasLockedKeypoints(project.tracks)
        || std::any_of(project.keypointLayers.begin(), project.keypointLayers.end(),
                       [](const KeypointLayer &layer) { return hasLockedKeypoints(layer.tracks); });
}

/// Writes one project. Every step is skipped once one has failed; error() tells the first failure.
class ProjectWriter
{
public:
    explicit ProjectWriter(std::string path) : m_path(std::move(path)) {}

    const std::optional<Error> &error() const { return m_error; }

    void writeAll(const Project &project, hid_t file)
    {
        writeMeta(project, file);
        writeMedia(project.media, file);
        writeSkeleton(project.skeleton, file);
        writeCamera(project.camera, group(group(file, "cameras"), "video"));
        writeTracks(project.tracks, file);
        const Handle layers = group(file, "layers");
        for (std::size_t i = 0; i < project.keypointLayers.size(); ++i)
            writeLayer(project.keypointLayers[i], i, layers, "keypoints");
        for (std::size_t i = 0; i < project.jointLayers.size(); ++i)
            writeLayer(project.jointLayers[i], i, layers, "joints");
        writeSplits(project, file);
    }

private:
    void fail(const std::string &thing)
    {
        if (!m_error)
            m_error = Error(ErrorCode::CannotWrite,
                            {{"path", m_path}, {"detail", "'" + thing + "': " + hdf5::lastErrorText()}});
    }

    /// The group @p name of @p parent, made when it is not there.
    Handle group(hid_t parent, const std::string &name)
    {
        if (m_error)
            return {};
        Handle made(hdf5::exists(parent, name) ? H5Gopen2(parent, name.c_str(), H5P_DEFAULT)
                                               : H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        if (!made.ok())
            fail(name);
        return made;
    }

    void text(hid_t location, const char *name, const std::string &value)
    {
        if (m_error)
            return;
        if (const Result<void> written = hdf5::writeTextAttribute(location, name, value, m_path); !written)
            m_error = written.error();
    }

    void integer(hid_t location, const char *name, std::int64_t value)
    {
        if (m_error)
            return;
        const Handle space(H5Screate(H5S_SCALAR));
        const Handle attribute(H5Acreate2(location, name, H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT));
        if (!attribute.ok() || H5Awrite(attribute, H5T_NATIVE_INT64, &value) < 0)
            fail(name);
    }

    /// Chunked along the first dimension, about 256 KiB a chunk, with a checksum of each chunk.
    static Handle creationList(const Shape &shape, std::size_t valueBytes)
    {
        Handle list(H5Pcreate(H5P_DATASET_CREATE));
        const std::int64_t count = hdf5::elementCount(shape);
        if (count == 0)
            return list;
        constexpr std::int64_t kChunkBytes = 256 * 1024;
        const std::int64_t rowBytes = count / shape[0] * static_cast<std::int64_t>(valueBytes);
        std::vector<hsize_t> chunk(shape.begin(), shape.end());
        chunk[0] = static_cast<hsize_t>(std::clamp<std::int64_t>(kChunkBytes / rowBytes, 1, shape[0]));
        H5Pset_chunk(list, static_cast<int>(chunk.size()), chunk.data());
        H5Pset_fletcher32(list);
        return list;
    }

    template <typename T>
    void array(hid_t location, const char *name, const std::vector<T> &values, const Shape &shape)
    {
        if (m_error)
            return;
        const std::vector<hsize_t> sizes(shape.begin(), shape.end());
        const Handle space(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr));
        const Handle list = creationList(shape, sizeof(T));
        const hid_t type = hdf5::nativeType<T>();
        Handle dataset(H5Dcreate2(location, name, type, space, H5P_DEFAULT, list, H5P_DEFAULT));
        if (!dataset.ok() || H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0
            || !dataset.close())
            fail(name);
    }

    void texts(hid_t location, const char *name, const std::vector<std::string> &values)
    {
        if (m_error)
            return;
        const Handle type(H5Tcopy(H5T_C_S1));
        H5Tset_size(type, H5T_VARIABLE);
        H5Tset_cset(type, H5T_CSET_UTF8);
        const hsize_t size = values.size();
        const Handle space(H5Screate_simple(1, &size, nullptr));
        std::vector<const char *> pointers;
        for (const std::string &value : values)
            pointers.push_back(value.c_str());
        Handle dataset(H5Dcreate2(location, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        const bool written = dataset.ok()
            && (pointers.empty() || H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()) >= 0);
        if (!written || !dataset.close())
            fail(name);
    }

    void writeMeta(const Project &project, hid_t file)
    {
        const Handle meta = group(file, "meta");
        text(meta, "format", projectlayout::kFormatName);
        integer(meta, "format_version", hasLockedKeypoints(project) ? kProjectFormatVersion : 1);
        text(meta, "uuid", project.uuid);
        integer(meta, "save_generation", project.saveGeneration);
        std::vector<std::string> keys;
        std::vector<std::string> values;
        for (const auto &[key, value] : project.meta) {
            keys.push_back(key);
            values.push_back(value);
        }
        texts(meta, "keys", keys);
        texts(meta, "values", values);
    }

    void writeMedia(const MediaReference &media, hid_t file)
    {
        const Handle location = group(file, "media");
        text(location, "path", media.path);
        integer(location, "size_bytes", media.sizeBytes);
        integer(location, "frame_count", media.frameCount);
        integer(location, "width", media.width);
        integer(location, "height", media.height);
        text(location, "pts_sha256", media.ptsHash);
        array(location, "seconds", media.seconds, {static_cast<std::int64_t>(media.seconds.size())});
    }

    void writeSkeleton(const Skeleton &skeleton, hid_t parent)
    {
        const Handle location = group(parent, "skeleton");
        text(location, "name", skeleton.name);
        text(location, "title", skeleton.title);
        text(location, "root", skeleton.root);
        text(location, "source", skeleton.source);
        texts(location, "joints", skeleton.joints);
        jointPairs(location, "bones", skeleton.bones);
        jointPairs(location, "pairs", skeleton.pairs);
        array(location, "oks_sigmas", skeleton.oksSigmas, {static_cast<std::int64_t>(skeleton.oksSigmas.size())});
    }

    void jointPairs(hid_t location, const char *name, const std::vector<std::pair<int, int>> &pairs)
    {
        std::vector<std::int32_t> flat;
        for (const auto &[first, second] : pairs)
            flat.insert(flat.end(), {first, second});
        array(location, name, flat, {static_cast<std::int64_t>(pairs.size()), 2});
    }

    void writeCamera(const CameraIntrinsics &camera, hid_t location)
    {
        integer(location, "width", camera.width);
        integer(location, "height", camera.height);
        integer(location, "assumed", camera.assumed ? 1 : 0);
        array(location, "intrinsics", std::vector<double>{camera.fx, camera.fy, camera.cx, camera.cy}, {4});
        array(location, "distortion",
              std::vector<double>{camera.radial[0], camera.radial[1], camera.tangential[0], camera.tangential[1],
                                  camera.radial[2]},
              {5});
    }

    void writeTrack(const KeypointTrack &track, hid_t location)
    {
        const Shape shape{track.frameCount(), track.jointCount};
        text(location, "label", track.label);
        array(location, "xy", track.xy, {shape[0], shape[1], 2});
        array(location, "confidence", track.confidence, shape);
        array(location, "state", track.state, shape);
    }

    void writeTrack(const JointTrack &track, hid_t location)
    {
        const Shape shape{track.frameCount(), track.jointCount};
        array(location, "xyz", track.xyz, {shape[0], shape[1], 3});
        array(location, "valid", track.valid, shape);
    }

    template <typename Track>
    void writeTracks(const std::vector<Track> &tracks, hid_t parent)
    {
        const Handle all = group(parent, "tracks");
        for (std::size_t i = 0; i < tracks.size(); ++i) {
            const Handle location = group(all, std::to_string(tracks[i].id));
            integer(location, "order", static_cast<std::int64_t>(i));
            integer(location, "first_frame", tracks[i].firstFrame);
            writeTrack(tracks[i], location);
        }
    }

    template <typename Layer>
    void writeLayer(const Layer &layer, std::size_t order, hid_t layers, const char *kind)
    {
        const Handle location = group(group(layers, groupName(layer.name)), kind);
        integer(location, "order", static_cast<std::int64_t>(order));
        text(location, "producer", layer.producer);
        writeSkeleton(layer.skeleton, location);
        writeTracks(layer.tracks, location);
    }

    void writeSplits(const Project &project, hid_t file)
    {
        const Handle splits = group(file, "splits");
        for (const auto &[name, ranges] : project.splits) {
            std::vector<std::int64_t> flat;
            for (const auto &[begin, end] : ranges)
                flat.insert(flat.end(), {begin, end});
            array(splits, groupName(name).c_str(), flat, {static_cast<std::int64_t>(ranges.size()), 2});
        }
    }

    std::string m_path;
    std::optional<Error> m_error;
};

} // namespace

Result<void> checkProject(const Project &project)
{
    if (Result<void> checked = checkTracks(project.tracks, project.skeleton, "tracks"); !checked)
        return checked;
    if (Result<void> checked = checkLayers(project.keypointLayers); !checked)
        return checked;
    if (project.splits.contains(std::string()))
        return badArgument("splits", "names", "an empty name");
    return checkLayers(project.jointLayers);
}

Result<void> writeProjectContent(const Project &project, hid_t file, const std::string &path)
{
    const hdf5::Session session;
    ProjectWriter writer(path);
    writer.writeAll(project, file);
    if (writer.error())
        return *writer.error();
    return {};
}

} // namespace poselift
