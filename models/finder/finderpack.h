#pragma once

#include "core/base/result.h"
#include "core/pose/keypoint.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// Somebody in a training picture of the person finder.
struct MarkedBox
{
    Box box;             ///< px of the picture
    bool certain = true; ///< false: perhaps a person; the loss does not look there
    friend bool operator==(const MarkedBox &, const MarkedBox &) = default;
};

/// One training picture: a whole picture, shrunk, with everybody in it.
struct FinderPicture
{
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb; ///< [height, width, 3]
    std::vector<MarkedBox> people;
    friend bool operator==(const FinderPicture &, const FinderPicture &) = default;
};

/// Training pictures of the person finder. HDF5, needs nothing but HDF5 to be read: /rgb [bytes of
/// all pictures], /sizes [N, 2] width and height, /boxes [M, 4] x, y, width, height, /certain [M],
/// /picture_of_box [M]; the root attributes kind ("finder"), version and source.
struct FinderPack
{
    std::string source; ///< what the pictures are and who marked the people, for the card
    std::vector<FinderPicture> pictures;
};

/// Errors: FileNotFound, WrongFormat, FileTruncated, MissingDataset, WrongShape.
Result<FinderPack> readFinderPack(const std::filesystem::path &path);
/// Atomic. Errors: CannotWrite.
Result<void> writeFinderPack(const FinderPack &pack, const std::filesystem::path &path);

} // namespace poselift
