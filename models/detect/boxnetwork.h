#pragma once

#include "models/detect/dnnnetwork.h"
#include "models/detector.h"

#include <memory>
#include <vector>

namespace poselift {

/// A network that finds the boxes of people in a whole picture.
class BoxNetwork
{
public:
    static Result<std::unique_ptr<BoxNetwork>> load(const DetectorManifest &manifest);
    /// Boxes in pixels of @p picture by falling score; poses are empty.
    Result<std::vector<PersonDetection>> detect(const ImageView &picture);
    /// The boxes of detect() without their scores.
    Result<std::vector<Box>> findBoxes(const ImageView &picture);
    const DetectorManifest &manifest() const { return m_network->manifest(); }

private:
    BoxNetwork() = default;
    std::unique_ptr<DnnNetwork> m_network;
};

/// Box in pixels of the picture.
Box boxFromRaw(double left, double top, double right, double bottom, const Crop &crop);

} // namespace poselift
