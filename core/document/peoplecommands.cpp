// The commands of commands.h that change people: who there is, whose frames are whose, names.

#include "core/document/commands.h"
#include "core/document/insertonce.h"
#include "core/document/valuearchive.h"
#include "core/io/projectsnapshot.h"

#include <algorithm>
#include <utility>

namespace poselift {

EditTracksCommand::EditTracksCommand(PoseDocument *document, const QString &text, TracksPatch patch)
    : DocumentCommand(document, text), m_patch(std::move(patch))
{
}

QByteArray EditTracksCommand::value() const
{
    return toBytes(m_patch);
}

std::optional<std::vector<TrackInLayer>> EditTracksCommand::changedTracks() const
{
    if (m_patch.keypointTracks.empty() && m_patch.jointTracks.empty())
        return std::vector<TrackInLayer>(); // only notes
    return std::nullopt;
}

void EditTracksCommand::exchange()
{
    poselift::exchange(project(), m_patch);
}

PoseChange EditTracksCommand::change() const
{
    PoseChange change;
    for (const auto &slot : m_patch.keypointTracks)
        insertOnce(change.tracks, slot.id);
    for (const auto &slot : m_patch.jointTracks)
        insertOnce(change.tracks, slot.id);
    const FrameRange changed = frames();
    change.firstFrame = changed.first;
    change.lastFrame = changed.last;
    change.layersChanged = !change.tracks.empty() || m_patch.skeleton.has_value();
    change.notesChanged = !change.layersChanged;
    return change;
}

FrameRange EditTracksCommand::frames() const
{
    FrameRange all;
    const auto add = [&all](const auto &slot, const auto *present) {
        const auto *track = slot.track ? &*slot.track : present;
        if ((slot.track && present != nullptr) || track == nullptr || track->frameCount() == 0)
            return;
        const bool isFirst = all.count() == 0;
        all.first = isFirst ? track->firstFrame : std::min(all.first, track->firstFrame);
        all.last = std::max(all.last, track->endFrame() - 1);
    };
    for (const auto &slot : m_patch.keypointTracks) {
        const KeypointLayer *layer = project().keypointLayer(slot.layer);
        if (slot.layer.empty() || layer != nullptr)
            add(slot, findTrack(slot.layer.empty() ? project().tracks : layer->tracks, slot.id));
    }
    for (const auto &slot : m_patch.jointTracks) {
        if (const JointLayer *layer = project().jointLayer(slot.layer))
            add(slot, findTrack(layer->tracks, slot.id));
    }
    return all;
}

SwapIdentitiesCommand::SwapIdentitiesCommand(PoseDocument *document, const QString &text,
                                             IdentitySwap swap)
    : DocumentCommand(document, text), m_swap(std::move(swap))
{
}

QByteArray SwapIdentitiesCommand::value() const
{
    return toBytes(m_swap);
}

/// Without exchanging, which moves all later frames of two people.
QByteArray SwapIdentitiesCommand::otherValue()
{
    return m_other ? toBytes(*m_other) : DocumentCommand::otherValue();
}

void SwapIdentitiesCommand::exchange()
{
    m_other = m_swap;
    poselift::exchange(project(), m_swap);
}

PoseChange SwapIdentitiesCommand::change() const
{
    PoseChange change;
    change.firstFrame = m_swap.frame;
    change.lastFrame = std::max<qint64>(m_swap.frame, project().media.frameCount - 1);
    change.tracks = {m_swap.a, m_swap.b};
    change.layersChanged = true;
    return change;
}

ReassignCommand::ReassignCommand(PoseDocument *document, const QString &text, Reassignment reassignment)
    : DocumentCommand(document, text), m_reassignment(std::move(reassignment))
{
}

QByteArray ReassignCommand::value() const
{
    return toBytes(m_reassignment);
}

QByteArray ReassignCommand::otherValue()
{
    return m_other ? toBytes(*m_other) : DocumentCommand::otherValue();
}

void ReassignCommand::forgetExtents()
{
    for (IdentitySwap &swap : m_reassignment.swaps)
        swap.extents.clear();
}

void ReassignCommand::exchange()
{
    m_other = m_reassignment;
    poselift::exchange(project(), m_reassignment);
}

namespace {

/// All frames in which one of @p tracks is seen in any layer, the same before and after a swap of them.
FrameRange seenFrames(const Project &project, const std::vector<TrackId> &tracks)
{
    FrameRange seen;
    const auto add = [&seen](const TrackExtent &extent) {
        if (!extent.exists || extent.frameCount == 0)
            return;
        const FrameRange frames{extent.firstFrame, extent.firstFrame + extent.frameCount - 1};
        seen = seen.count() == 0 ? frames
                                 : FrameRange{std::min(seen.first, frames.first), std::max(seen.last, frames.last)};
    };
    for (const TrackId id : tracks) {
        add(extentOf(project.tracks, id));
        for (const KeypointLayer &layer : project.keypointLayers)
            add(extentOf(layer.tracks, id));
        for (const JointLayer &layer : project.jointLayers)
            add(extentOf(layer.tracks, id));
    }
    return seen;
}

} // namespace

PoseChange ReassignCommand::change() const
{
    PoseChange change;
    change.layersChanged = true;
    const std::vector<IdentitySwap> &swaps = m_reassignment.swaps;
    for (const IdentitySwap &swap : swaps) {
        insertOnce(change.tracks, swap.a);
        insertOnce(change.tracks, swap.b);
    }
    const FrameRange seen = seenFrames(project(), change.tracks);
    if (seen.count() == 0 || swaps.empty())
        return change;
    change.firstFrame = std::max(seen.first, swaps.front().frame);
    // The second swap of a merge gives the frames from there on back.
    change.lastFrame = swaps.size() > 1 ? std::min(seen.last, swaps.back().frame - 1) : seen.last;
    return change;
}

RenamePersonCommand::RenamePersonCommand(PoseDocument *document, const QString &text, PersonLabel label)
    : DocumentCommand(document, text), m_label(std::move(label))
{
}

QByteArray RenamePersonCommand::value() const
{
    return toBytes(m_label);
}

void RenamePersonCommand::exchange()
{
    poselift::exchange(project(), m_label);
}

PoseChange RenamePersonCommand::change() const
{
    PoseChange change;
    change.tracks = {m_label.track};
    return change;
}

} // namespace poselift
