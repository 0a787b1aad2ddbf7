#pragma once

#include "core/base/result.h"
#include "core/media/videoframe.h"
#include "models/detect/crop.h"
#include "models/detect/tensor.h"
#include "models/detectormanifest.h"

#include <memory>
#include <string>
#include <vector>

namespace poselift {

/// A network run by OpenCV DNN on the CPU. Not thread-safe.
class DnnNetwork
{
public:
    /// Loads the manifest's files and runs the network once on a grey picture, so that operators
    /// that OpenCV lacks (UnsupportedOperator), damaged files (NetworkNotReadable) and weights that
    /// are not numbers (NotFinite) are told at once.
    static Result<std::unique_ptr<DnnNetwork>> load(const DetectorManifest &manifest);
    ~DnnNetwork();

    /// Outputs for @p crop of @p picture. The tensors live until the next call.
    Result<std::vector<Tensor>> run(const ImageView &picture, const Crop &crop);
    /// The tensor that the manifest's decoder calls @p role, else the one at @p fallbackIndex.
    Result<Tensor> output(const std::vector<Tensor> &outputs, const std::string &role, std::size_t fallbackIndex) const;
    const DetectorManifest &manifest() const { return m_manifest; }
    std::string path() const { return m_manifest.network.string(); }

private:
    struct Net;
    explicit DnnNetwork(const DetectorManifest &manifest);
    Result<void> read();
    Result<void> probe();
    Result<std::vector<Tensor>> forward();

    DetectorManifest m_manifest;
    std::unique_ptr<Net> m_net;
};

/// Threads for OpenCV in this process. @param threads 0: all cores of the process's CPU affinity.
void setDetectionThreads(int threads);

} // namespace poselift
