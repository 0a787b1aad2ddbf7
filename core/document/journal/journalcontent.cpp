#include "core/document/journal/journalcontent.h"

#include <algorithm>

namespace poselift {

namespace {

bool isWithinAnnotation(const JournalNode *node)
{
    const QByteArray &kind = node->command.kind;
    return kind == EditKeypointsCommand::kKind || kind == EditKeypointsCommand::kKindWithout3d
           || kind == RenamePersonCommand::kKind || kind == SetCameraCommand::kKind;
}

} // namespace

const JournalNode *JournalContent::node(JournalNodeId id) const
{
    const auto found = std::lower_bound(
        nodes.begin(), nodes.end(), id,
        [](const JournalNode &node, JournalNodeId wanted) { return node.id < wanted; });
    return found != nodes.end() && found->id == id ? &*found : nullptr;
}

std::vector<const JournalNode *> JournalContent::pathTo(JournalNodeId id) const
{
    std::vector<const JournalNode *> path;
    while (id != root) {
        const JournalNode *step = node(id);
        // Parents are older than their children: a damaged journal must not send us in circles.
        if (step == nullptr || step->parent >= step->id)
            return {};
        path.push_back(step);
        id = step->parent;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

const JournalSave *JournalContent::saveOf(std::int64_t generation, const std::string &saveId) const
{
    const auto found = std::find_if(saves.rbegin(), saves.rend(), [&](const JournalSave &save) {
        return save.generation == generation && save.saveId == saveId;
    });
    return found != saves.rend() ? &*found : nullptr;
}

bool JournalContent::hasEditsBeyond(std::int64_t generation, const std::string &saveId) const
{
    const JournalSave *base = saveOf(generation, saveId);
    for (auto save = saves.rbegin(); base == nullptr && save != saves.rend(); ++save) {
        if (save->confirmed)
            base = &*save;
    }
    return (base != nullptr ? base->node : root) != current;
}

bool JournalContent::matches(std::int64_t generation, const std::string &saveId) const
{
    const JournalSave *wanted = saveOf(generation, saveId);
    if (wanted == nullptr)
        return false;
    const JournalSave *end = saves.data() + saves.size();
    return std::none_of(wanted + 1, end, [](const JournalSave &later) { return later.confirmed; });
}

std::optional<JournalChange> JournalContent::followDerivedFile(std::int64_t generation, const std::string &saveId)
{
    if (saves.empty() || saveId.empty() || saves.back().saveId != saveId || !saves.back().confirmed
        || saves.back().generation >= generation || saves.back().node != current)
        return std::nullopt;
    const std::vector<const JournalNode *> done = pathTo(current);
    if (done.empty() && current != root)
        return std::nullopt;
    const auto lastOther = std::find_if_not(done.rbegin(), done.rend(), isWithinAnnotation);
    if (lastOther != done.rend())
        root = (*lastOther)->id;
    const std::vector<const JournalNode *> toTip = pathTo(tip);
    if (!std::all_of(toTip.begin(), toTip.end(), isWithinAnnotation))
        tip = current;
    saves.push_back({generation, saveId, current, true});
    JournalChange change;
    change.root = root;
    change.tip = tip;
    change.save = saves.back();
    return change;
}

} // namespace poselift
