#pragma once

#include "core/base/result.h"
#include "core/pose/keypoint.h"
#include "models/train/random.h"

#include <Eigen/Core>

#include <filesystem>
#include <utility>
#include <vector>

namespace poselift {

/// Red, green and blue in [0, 1], row by row.
struct ColourPicture
{
    int width = 0;
    int height = 0;
    std::vector<Eigen::Vector3f> pixels;

    void resize(int newWidth, int newHeight)
    {
        width = newWidth;
        height = newHeight;
        pixels.resize(static_cast<std::size_t>(newWidth) * static_cast<std::size_t>(newHeight));
    }
    Eigen::Vector3f &at(int x, int y)
    {
        return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
    }
    const Eigen::Vector3f &at(int x, int y) const
    {
        return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
    }
};

/// Replaces pixels of weight 0 by colours of their surroundings, smoothly (push and pull over a
/// pyramid; Gortler et al., SIGGRAPH 1996). @param known  [height, width] weights in [0, 1]
void fillHoles(ColourPicture &picture, std::vector<float> &known);

/// What is behind the people of training pictures: made-up gradients and shapes, or pieces of the
/// pictures of LSP-extended from which the labelled person is removed. Other people may remain.
class Backdrop
{
public:
    /// Made-up pictures only.
    Backdrop() = default;
    /// Pictures 1 … @p lastPicture of the data set in @p lsp. Errors: those of readLspExtended(), NoFrames.
    static Result<Backdrop> ofLsp(const std::filesystem::path &lsp, int lastPicture);

    /// Fills @p picture, whose size stays. What is drawn depends on the generator only.
    /// Errors: DecodeFailed.
    Result<void> draw(Random &random, ColourPicture &picture) const;

private:
    struct Photograph
    {
        std::filesystem::path path;
        Pose2D person; ///< lsp14
        Box box;
    };

    Result<void> drawPhotograph(const Photograph &photograph, Random &random, ColourPicture &picture) const;
    bool isPerson(const Photograph &photograph, float x, float y) const;

    std::vector<Photograph> m_photographs;
    std::vector<std::pair<int, int>> m_bones; ///< of lsp14
};

} // namespace poselift
