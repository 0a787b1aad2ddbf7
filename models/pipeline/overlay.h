#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/media/framesource.h"
#include "core/pose/project.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// A picture that is drawn into, pixels as in ImageView.
struct EditableImage
{
    std::uint8_t *data = nullptr;
    int width = 0;
    int height = 0;
    int strideBytes = 0;
};

/// One person to draw in one frame.
struct PersonDrawing
{
    TrackId id = 0;
    std::string label;  ///< shown instead of the id when there is one
    Pose2D pose;        ///< px of the picture
};

/// People of @p project with a known keypoint in @p frame, corrections over detections.
std::vector<PersonDrawing> peopleInFrame(const Project &project, std::int64_t frame);

/// Draws bones, joints and names in the colours that colour-blind people tell apart (Okabe and Ito
/// 2008): left solid blue, right dashed orange, middle solid grey. Bones of unsure keypoints are thinner; line
/// widths follow each person's size.
void drawPeople(const EditableImage &image, const std::vector<PersonDrawing> &people, const Skeleton &skeleton);

/// Writes the video of @p source with the people of @p project drawn in, same size and times.
/// Reports the stage "overlay". When it is cancelled or fails nothing is left at @p path that was
/// not there before.
Result<void> writeOverlayVideo(FrameSource &source, const Project &project, const std::filesystem::path &path,
                               const JobContext &job);

} // namespace poselift
