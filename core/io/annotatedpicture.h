#pragma once

#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

#include <filesystem>
#include <vector>

namespace poselift {

/// One person marked by hand in a picture.
struct AnnotatedPerson
{
    Pose2D pose;       ///< in the order of the data set's skeleton
    Box box;           ///< px: the data set's own, else the one around the known keypoints
    double area = 0.0; ///< px²: of the person's outline where the data set has one, else of the box
};

/// A picture with the people that somebody marked in it; there may be others.
struct AnnotatedPicture
{
    std::filesystem::path path;
    std::vector<AnnotatedPerson> people;
};

/// Pictures of one data set.
struct AnnotatedPictures
{
    Skeleton skeleton;
    std::vector<AnnotatedPicture> pictures;
};

} // namespace poselift
