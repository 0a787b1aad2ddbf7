#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include <torch/types.h>

#include <stdexcept>
#include <vector>

namespace poselift {

/// Another process of a data-parallel training cannot be reached, or did not answer in time.
class RankLostError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The processes that train one network together, each on its own part of every batch, as seen by one
/// of them. Its functions are collectives: every process makes the same calls in the same order, with
/// tensors of the same shape and type. They throw RankLostError. Used on one thread at a time.
class Ranks
{
public:
    virtual ~Ranks() = default;
    virtual int rank() const = 0; ///< 0 … size() − 1; 0 validates and writes the files
    virtual int size() const = 0;
    /// Replaces @p tensor (any device) by its sum over all processes.
    virtual void sum(torch::Tensor tensor) = 0;
    /// Replaces @p tensor by that of process 0.
    virtual void broadcast(torch::Tensor tensor) = 0;
};

/// Whether @p here is true in any process.
bool anyRank(Ranks &ranks, bool here);
double meanOverRanks(Ranks &ranks, double here);
/// Replaces the gradients of @p parameters by their means over all processes, many in one message.
/// A parameter without a gradient counts as 0.
void averageGradients(Ranks &ranks, const std::vector<torch::Tensor> &parameters);

} // namespace poselift
