#include "core/io/projectwriter.h"

#include "core/io/projectfile.h"
#include "core/io/projectlayout.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

namespace poselift {

namespace {

using hdf5::Handle;
using hdf5::Shape;
using projectlayout::groupName;

Error badArgument(const std::string &name, const std::string &expected, const std::string &found)
{
    return Error(ErrorCode::BadArgument, {{"name", name}, {"expected", expected}, {"found", found}});
}

bool isWholeFrames(std::size_t values, int jointCount)
{
    return jointCount > 0 ? values % static_cast<std::size_t>(jointCount) == 0 : values == 0;
}

Result<void> checkTrack(const ProjectSnapshot &project, const KeypointTrack &track, const Skeleton &skeleton,
                        const std::string &name)
{
    const std::size_t keypoints = project.size(track.state);
    if (track.jointCount != skeleton.jointCount())
        return badArgument(name, std::to_string(skeleton.jointCount()) + " joints", std::to_string(track.jointCount));
    if (project.size(track.xy) != 2 * keypoints || project.size(track.confidence) != keypoints
        || !isWholeFrames(keypoints, track.jointCount))
        return badArgument(name, "arrays of one length", "xy, confidence and state that differ");
    return {};
}

Result<void> checkTrack(const ProjectSnapshot &project, const JointTrack &track, const Skeleton &skeleton,
                        const std::string &name)
{
    const std::size_t joints = project.size(track.valid);
    if (track.jointCount != skeleton.jointCount())
        return badArgument(name, std::to_string(skeleton.jointCount()) + " joints", std::to_string(track.jointCount));
    if (project.size(track.xyz) != 3 * joints || !isWholeFrames(joints, track.jointCount))
        return badArgument(name, "arrays of one length", "xyz and valid that differ");
    return {};
}

template <typename Track>
Result<void> checkTracks(const ProjectSnapshot &project, const std::vector<Track> &tracks, const Skeleton &skeleton,
                         const std::string &layer)
{
    std::set<TrackId> ids;
    for (const Track &track : tracks) {
        const std::string name = layer + "/" + std::to_string(track.id);
        if (!ids.insert(track.id).second)
            return badArgument(name, "every track id once", "twice");
        if (track.firstFrame < 0)
            return badArgument(name, "a first frame of 0 or more", std::to_string(track.firstFrame));
        if (Result<void> checked = checkTrack(project, track, skeleton, name); !checked)
            return checked;
    }
    return {};
}

template <typename Layer>
Result<void> checkLayers(const ProjectSnapshot &project, const std::vector<Layer> &layers)
{
    std::set<std::string> names;
    for (const Layer &layer : layers) {
        if (layer.name.empty() || !names.insert(layer.name).second)
            return badArgument("layer '" + layer.name + "'", "a name of its own", "none or one twice");
        const std::string name = "layer '" + layer.name + "'";
        if (Result<void> checked = checkTracks(project, layer.tracks, layer.skeleton, name); !checked)
            return checked;
    }
    return {};
}

constexpr std::int64_t kChunkBytes = 256 * 1024;
constexpr std::size_t kPieceBytes = 1024 * 1024; ///< of an array that are copied at once

/// Calls @p visit(first, values) for the values of an array, a piece of about @p pieceValues values at a
/// time.
template <typename T, typename Visit>
void forEachPiece(const ProjectSnapshot &project, const std::vector<T> &array, std::size_t pieceValues,
                  const Visit &visit)
{
    const std::size_t size = project.size(array);
    std::vector<T> piece(std::min(size, std::max<std::size_t>(1, pieceValues)));
    for (std::size_t first = 0; first < size; first += piece.size()) {
        const std::span<T> values(piece.data(), std::min(piece.size(), size - first));
        project.copy(array, first, values.size(), values.data());
        visit(first, std::span<const T>(values));
    }
}

bool hasLockedKeypoints(const ProjectSnapshot &project, const std::vector<KeypointTrack> &tracks)
{
    unsigned all = 0;
    for (const KeypointTrack &track : tracks) {
        forEachPiece(project, track.state, kPieceBytes, [&all](std::size_t, std::span<const std::uint8_t> states) {
            for (const std::uint8_t state : states)
                all |= state;
        });
    }
    return (all & kLockedBit) != 0;
}

bool hasLockedKeypoints(const ProjectSnapshot &project)
{
    const auto hasLocked = [&project](const KeypointLayer &layer) { return hasLockedKeypoints(project, layer.tracks); };
    const std::vector<KeypointLayer> &layers = project.head().keypointLayers;
    return hasLockedKeypoints(project, project.head().tracks) || std::any_of(layers.begin(), layers.end(), hasLocked);
}

/// Writes one project. Every step is skipped once one has failed; error() tells the first failure.
class ProjectWriter
{
public:
    ProjectWriter(ProjectSnapshot &project, std::string path) : m_project(project), m_path(std::move(path)) {}

    const std::optional<Error> &error() const { return m_error; }

    void writeAll(hid_t file)
    {
        const Project &project = m_project.head();
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

    /// The same for an array of a track, read from the snapshot in pieces of whole chunks.
    template <typename T>
    void trackArray(hid_t location, const char *name, const std::vector<T> &values, const Shape &shape)
    {
        if (m_error)
            return;
        const std::vector<hsize_t> sizes(shape.begin(), shape.end());
        const Handle space(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr));
        const Handle list = creationList(shape, sizeof(T));
        Handle dataset(H5Dcreate2(location, name, hdf5::nativeType<T>(), space, H5P_DEFAULT, list, H5P_DEFAULT));
        bool written = dataset.ok();
        const std::size_t perRow = shape[0] > 0 ? m_project.size(values) / static_cast<std::size_t>(shape[0]) : 0;
        const std::size_t piece = rowsOfChunk(list) * perRow * std::max<std::size_t>(1, kPieceBytes / kChunkBytes);
        forEachPiece(m_project, values, piece, [&](std::size_t first, std::span<const T> part) {
            written = written && writeRows(dataset, space, sizes, first / perRow, part.size() / perRow, part.data());
        });
        m_project.release(values);
        if (!written || !dataset.close())
            fail(name);
    }

    static std::size_t rowsOfChunk(hid_t creationList)
    {
        std::array<hsize_t, 3> chunk{1, 1, 1};
        if (H5Pget_layout(creationList) == H5D_CHUNKED)
            H5Pget_chunk(creationList, static_cast<int>(chunk.size()), chunk.data());
        return static_cast<std::size_t>(chunk[0]);
    }

    template <typename T>
    static bool writeRows(hid_t dataset, hid_t space, std::vector<hsize_t> count, std::size_t firstRow,
                          std::size_t rows, const T *values)
    {
        std::vector<hsize_t> start(count.size(), 0);
        start[0] = firstRow;
        count[0] = rows;
        const Handle memory(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr));
        return H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr) >= 0
            && H5Dwrite(dataset, hdf5::nativeType<T>(), memory, space, H5P_DEFAULT, values) >= 0;
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
        integer(meta, "format_version", hasLockedKeypoints(m_project) ? kProjectFormatVersion : 1);
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

    /// [T, J] of a track with an array of one value for each joint.
    Shape shapeOf(const std::vector<std::uint8_t> &perJoint, int jointCount) const
    {
        const auto values = static_cast<std::int64_t>(m_project.size(perJoint));
        return {jointCount > 0 ? values / jointCount : 0, jointCount};
    }

    void writeTrack(const KeypointTrack &track, hid_t location)
    {
        const Shape shape = shapeOf(track.state, track.jointCount);
        text(location, "label", track.label);
        trackArray(location, "xy", track.xy, {shape[0], shape[1], 2});
        trackArray(location, "confidence", track.confidence, shape);
        trackArray(location, "state", track.state, shape);
    }

    void writeTrack(const JointTrack &track, hid_t location)
    {
        const Shape shape = shapeOf(track.valid, track.jointCount);
        trackArray(location, "xyz", track.xyz, {shape[0], shape[1], 3});
        trackArray(location, "valid", track.valid, shape);
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

    ProjectSnapshot &m_project;
    std::string m_path;
    std::optional<Error> m_error;
};

} // namespace

Result<void> checkProject(const ProjectSnapshot &project)
{
    const Project &head = project.head();
    if (Result<void> checked = checkTracks(project, head.tracks, head.skeleton, "tracks"); !checked)
        return checked;
    if (Result<void> checked = checkLayers(project, head.keypointLayers); !checked)
        return checked;
    if (head.splits.contains(std::string()))
        return badArgument("splits", "names", "an empty name");
    return checkLayers(project, head.jointLayers);
}

Result<void> writeProjectContent(ProjectSnapshot &project, hid_t file, const std::string &path)
{
    const hdf5::Session session;
    ProjectWriter writer(project, path);
    writer.writeAll(file);
    if (writer.error())
        return *writer.error();
    return {};
}

} // namespace poselift
