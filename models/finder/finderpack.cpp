#include "models/finder/finderpack.h"

#include "core/io/atomicfile.h"
#include "core/io/hdf5util.h"

#include <algorithm>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr const char *kKind = "finder";
constexpr const char *kVersion = "1";

/// The pack's datasets as flat arrays.
struct Arrays
{
    std::vector<std::uint8_t> rgb;
    std::vector<std::int32_t> sizes; ///< [N, 2]
    std::vector<float> boxes;        ///< [M, 4]
    std::vector<std::uint8_t> certain;
    std::vector<std::int32_t> pictureOfBox;
};

Arrays flattened(const FinderPack &pack)
{
    Arrays arrays;
    for (std::size_t i = 0; i < pack.pictures.size(); ++i) {
        const FinderPicture &picture = pack.pictures[i];
        arrays.rgb.insert(arrays.rgb.end(), picture.rgb.begin(), picture.rgb.end());
        arrays.sizes.insert(arrays.sizes.end(), {picture.width, picture.height});
        for (const MarkedBox &person : picture.people) {
            const Box &box = person.box;
            arrays.boxes.insert(arrays.boxes.end(),
                                {float(box.x), float(box.y), float(box.width), float(box.height)});
            arrays.certain.push_back(person.certain ? 1 : 0);
            arrays.pictureOfBox.push_back(static_cast<std::int32_t>(i));
        }
    }
    return arrays;
}

Result<void> writeArrays(const FinderPack &pack, const fs::path &temporary, const fs::path &path)
{
    const Arrays arrays = flattened(pack);
    const auto pictures = static_cast<std::int64_t>(pack.pictures.size());
    const auto people = static_cast<std::int64_t>(arrays.certain.size());
    const hdf5::Session session;
    Result<hdf5::Handle> file = hdf5::createFile(temporary);
    if (!file)
        return Error(ErrorCode::CannotWrite,
                     {{"path", path.string()}, {"detail", hdf5::lastErrorText()}});
    const std::string name = path.string();
    const auto bytes = static_cast<std::int64_t>(arrays.rgb.size());
    for (const Result<void> &written :
         {hdf5::writeDataset<std::uint8_t>(*file, "rgb", arrays.rgb, {bytes}, name),
          hdf5::writeDataset<std::int32_t>(*file, "sizes", arrays.sizes, {pictures, 2}, name),
          hdf5::writeDataset<float>(*file, "boxes", arrays.boxes, {people, 4}, name),
          hdf5::writeDataset<std::uint8_t>(*file, "certain", arrays.certain, {people}, name),
          hdf5::writeDataset<std::int32_t>(*file, "picture_of_box", arrays.pictureOfBox, {people},
                                           name),
          hdf5::writeTextAttribute(*file, "kind", kKind, name),
          hdf5::writeTextAttribute(*file, "version", kVersion, name),
          hdf5::writeTextAttribute(*file, "source", pack.source, name)}) {
        if (!written)
            return written;
    }
    if (!file->close())
        return Error(ErrorCode::CannotWrite, {{"path", name}, {"detail", hdf5::lastErrorText()}});
    return {};
}

/// The arrays fit together: every picture has its bytes, every box its picture.
bool areConsistent(const Arrays &arrays)
{
    std::size_t bytes = 0;
    for (std::size_t i = 0; i + 1 < arrays.sizes.size(); i += 2) {
        if (arrays.sizes[i] < 1 || arrays.sizes[i + 1] < 1)
            return false;
        bytes += std::size_t(3) * static_cast<std::size_t>(arrays.sizes[i]) *
                 static_cast<std::size_t>(arrays.sizes[i + 1]);
    }
    const auto pictures = static_cast<std::int32_t>(arrays.sizes.size() / 2);
    return arrays.sizes.size() % 2 == 0 && bytes == arrays.rgb.size() &&
           arrays.boxes.size() == 4 * arrays.certain.size() &&
           arrays.pictureOfBox.size() == arrays.certain.size() &&
           std::all_of(arrays.pictureOfBox.begin(), arrays.pictureOfBox.end(),
                       [&](std::int32_t picture) { return picture >= 0 && picture < pictures; });
}

Result<Arrays> readArrays(hid_t file, const std::string &path)
{
    auto rgb = hdf5::readDataset<std::uint8_t>(file, "rgb", path);
    auto sizes = hdf5::readDataset<std::int32_t>(file, "sizes", path);
    auto boxes = hdf5::readDataset<float>(file, "boxes", path);
    auto certain = hdf5::readDataset<std::uint8_t>(file, "certain", path);
    auto pictureOfBox = hdf5::readDataset<std::int32_t>(file, "picture_of_box", path);
    if (!rgb)
        return rgb.error();
    if (!sizes)
        return sizes.error();
    if (!boxes)
        return boxes.error();
    if (!certain)
        return certain.error();
    if (!pictureOfBox)
        return pictureOfBox.error();
    return Arrays{*std::move(rgb), *std::move(sizes), *std::move(boxes), *std::move(certain),
                  *std::move(pictureOfBox)};
}

std::vector<FinderPicture> unflattened(const Arrays &arrays)
{
    std::vector<FinderPicture> pictures(arrays.sizes.size() / 2);
    auto from = arrays.rgb.begin();
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        pictures[i].width = arrays.sizes[2 * i];
        pictures[i].height = arrays.sizes[2 * i + 1];
        const auto to = from + std::ptrdiff_t(3) * pictures[i].width * pictures[i].height;
        pictures[i].rgb.assign(from, to);
        from = to;
    }
    for (std::size_t i = 0; i < arrays.certain.size(); ++i) {
        const float *box = arrays.boxes.data() + 4 * i;
        pictures[static_cast<std::size_t>(arrays.pictureOfBox[i])].people.push_back(
            {{box[0], box[1], box[2], box[3]}, arrays.certain[i] != 0});
    }
    return pictures;
}

} // namespace

Result<FinderPack> readFinderPack(const fs::path &path)
{
    const hdf5::Session session;
    const Result<hdf5::Handle> file = hdf5::openFile(path);
    if (!file)
        return file.error();
    const Result<std::string> kind = hdf5::readTextAttribute(*file, "kind", path.string());
    if (!kind || *kind != kKind)
        return Error(ErrorCode::WrongFormat,
                     {{"path", path.string()},
                      {"expected", "a training pack of the kind 'finder'"},
                      {"found", kind ? "'" + *kind + "'" : "another HDF5 file"}});
    const Result<std::string> source = hdf5::readTextAttribute(*file, "source", path.string());
    if (!source)
        return source.error();
    const Result<Arrays> arrays = readArrays(*file, path.string());
    if (!arrays)
        return arrays.error();
    if (!areConsistent(*arrays))
        return Error(ErrorCode::FileTruncated,
                     {{"path", path.string()}, {"detail", "its datasets do not fit together"}});
    return FinderPack{*source, unflattened(*arrays)};
}

Result<void> writeFinderPack(const FinderPack &pack, const fs::path &path)
{
    return replaceFile(
        path, [&](const fs::path &temporary) { return writeArrays(pack, temporary, path); });
}

} // namespace poselift
