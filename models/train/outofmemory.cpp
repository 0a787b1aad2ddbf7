#include "models/train/outofmemory_torch.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace poselift {

namespace {

/// CUDA, oneDNN, c10/core/impl/alloc_cpu.cpp, cuBLAS and cuDNN.
constexpr std::array<std::string_view, 5> kSentences{"out of memory", "not enough memory", "can't allocate memory",
                                                     "STATUS_ALLOC_FAILED", "could not create a memory object"};

} // namespace

bool isOutOfMemory(const std::exception &error)
{
    if (dynamic_cast<const std::bad_alloc *>(&error) || dynamic_cast<const c10::OutOfMemoryError *>(&error))
        return true;
    const auto *torchError = dynamic_cast<const c10::Error *>(&error);
    const std::string_view text = torchError ? torchError->what_without_backtrace() : error.what();
    return std::ranges::any_of(kSentences, [&](std::string_view sentence) { return text.find(sentence) != text.npos; });
}

} // namespace poselift
