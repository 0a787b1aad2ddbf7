#pragma once

#include "models/detect/dnnnetwork.h"
#include "models/detect/personfinder.h"

#include <memory>
#include <vector>

namespace poselift {

/// A person-box network run by OpenCV, with its decoder.
class BoxNetwork : public PersonFinder
{
public:
    static Result<std::unique_ptr<BoxNetwork>> load(const DetectorManifest &manifest);
    Result<std::vector<PersonDetection>> find(const ImageView &picture) override;
    const DetectorManifest &manifest() const { return m_network->manifest(); }

private:
    BoxNetwork() = default;
    std::unique_ptr<DnnNetwork> m_network;
};

/// Box in pixels of the picture.
Box boxFromRaw(double left, double top, double right, double bottom, const Crop &crop);

} // namespace poselift
