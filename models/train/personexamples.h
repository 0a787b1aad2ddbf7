#pragma once

#include "models/keypoints/keypointpack.h"
#include "models/keypoints/pixels.h"
#include "models/train/personorder.h"
#include "models/train/random.h"
#include "models/train/trainingpacks.h"

#include <span>
#include <vector>

namespace poselift {

/// How pictures are varied. Chances in [0, 1].
struct PersonAugmentation
{
    float rotationDegrees = 40.0F; ///< uniform in ±
    float rotationChance = 0.7F;
    float scaleFrom = 0.75F; ///< side of the crop against its usual side, log-uniform
    float scaleTo = 1.35F;
    float shift = 0.1F;          ///< of the crop's side, uniform in ±, per axis
    float halfBodyChance = 0.1F; ///< crop around the upper or the lower half only
    float colour = 0.35F;        ///< largest change of brightness, contrast and channel gains
    float greyChance = 0.05F;
    float blurChance = 0.1F;
    float occluderChance = 0.3F; ///< a rectangle of noise or of another picture
};

struct PersonExampleOptions
{
    int inputSize = 128;           ///< px, side of the network's square input
    double padding = 1.25;         ///< side of the crop, in longer sides of the person's box
    float teacherShare = 0.5F;     ///< weight of a sure teacher where a label exists, [0, 1]
    float teacherAlone = 0.3F;     ///< least confidence of the teacher to stand for a missing label
    float backgroundWeight = 0.5F; ///< of "it is nowhere" for every joint of a piece that shows nobody
    float outsideWeight = 0.1F;    ///< the same for a joint that the crop cuts off
    double cacheMegabytes = 2048;  ///< decoded pictures are kept when all of them fit
    PersonAugmentation augmentation;
};

/// Where one joint is in the network's input; a weight of 0 means "unknown".
struct JointTarget
{
    float labelU = 0, labelV = 0; ///< px of the input
    float labelWeight = 0;
    float teacherU = 0, teacherV = 0;
    float teacherWeight = 0;
    float nowhereWeight = 0; ///< it is not in the input; the three weights sum to at most 1
};

/// Inputs [B, 3, S, S] and targets [B, J], contiguous.
struct PersonBatch
{
    std::vector<float> inputs;
    std::vector<JointTarget> targets;
};

/// Training examples of one pack or several. What is drawn depends on (seed, step) only.
class PersonExamples
{
public:
    /// Errors: DecodeFailed names the person; WrongFormat when a picture has another size than the
    /// pack says; BadArgument without anybody to train on.
    static Result<PersonExamples> create(KeypointPack pack, const PersonExampleOptions &options,
                                         const std::string &path);
    /// @param shares  of the packs in what is shown, in their order, more than 0, in any unit; empty:
    ///        everybody is shown equally often. People to validate on come from the packs that have
    ///        some. Errors: as above; BadArgument for other shares than packs, or a pack without
    ///        anybody to train on.
    static Result<PersonExamples> create(TrainingPacks packs, const std::vector<double> &shares,
                                         const PersonExampleOptions &options);

    const Skeleton &skeleton() const { return m_pack.skeleton; }
    const PersonExampleOptions &options() const { return m_options; }
    const KeypointPack &pack() const { return m_pack; }
    /// Indices into pack().people.
    const std::vector<std::size_t> &training() const { return m_training; }
    const std::vector<std::size_t> &validation() const { return m_validation; }

    /// People of step @p step, in the order of PersonOrder.
    PersonBatch drawBatch(std::uint64_t seed, std::int64_t step, int size) const;
    /// Who is shown at @p position: batch number · size + place in the batch.
    std::size_t shownAt(std::uint64_t seed, std::int64_t position) const { return m_order.at(seed, position); }
    /// The plain crop of one person, as the estimator makes it. @p planes [3, S, S].
    /// @return source pixels from input pixels.
    Affine plainCrop(std::size_t person, float *planes) const;

private:
    PersonExamples(KeypointPack pack, PersonExampleOptions options) : m_pack(std::move(pack)), m_options(options) {}
    void warp(std::size_t person, const Affine &crop, const ColourTransform &colour, int reduction,
              float *planes) const;
    void drawExample(std::size_t person, Random &random, float *planes, JointTarget *targets) const;
    Affine drawCrop(const PackedPerson &person, bool mirrored, Random &random) const;
    Affine drawBackgroundCrop(const PackedPerson &piece, bool mirrored, Random &random) const;
    void occlude(Random &random, float *planes) const;
    void setTargets(const PackedPerson &person, const Affine &inputFromSource, bool mirrored,
                    JointTarget *targets) const;

    KeypointPack m_pack;
    PersonExampleOptions m_options;
    std::vector<std::size_t> m_training;
    std::vector<std::size_t> m_validation;
    PersonOrder m_order{{}};
    std::vector<RgbPicture> m_pictures; ///< empty when they do not fit
};

} // namespace poselift
