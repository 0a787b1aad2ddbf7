#pragma once

#include "models/detect/crop.h"
#include "models/detect/personfinder.h"
#include "models/finder/finder.h"

#include <cstdint>
#include <vector>

namespace poselift {

/// Our own person finder on pictures of any size. Not thread-safe.
class OwnFinder : public PersonFinder
{
public:
    /// @param longSide   px that the longer side of a picture is brought to
    /// @param threshold  of the centre's probability
    static Result<std::unique_ptr<PersonFinder>> load(const std::filesystem::path &weights, int longSide,
                                                      double threshold);

    Result<std::vector<PersonDetection>> find(const ImageView &picture) override;

private:
    OwnFinder(std::unique_ptr<Finder> finder, int longSide, double threshold);

    std::unique_ptr<Finder> m_finder;
    int m_longSide;
    double m_threshold;
    std::vector<std::uint8_t> m_rgb;
};

/// The whole picture in an input whose longer side is @p longSide and whose sides are multiples of
/// kFinderInputStep, aspect ratio kept, centred.
Crop finderCrop(int width, int height, int longSide);

} // namespace poselift
