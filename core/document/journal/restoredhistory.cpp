#include "core/document/journal/restoredhistory.h"

#include <algorithm>

namespace poselift {

namespace {

/// The branch of the undo stack: to the tip, or only to the present state when that is elsewhere.
std::vector<const JournalNode *> branchOf(const JournalContent &content)
{
    std::vector<const JournalNode *> branch = content.pathTo(content.tip);
    const bool holdsPresent =
        content.current == content.root ||
        std::any_of(branch.begin(), branch.end(),
                    [&](const JournalNode *node) { return node->id == content.current; });
    return holdsPresent ? branch : content.pathTo(content.current);
}

/// Number of steps from the root to @p id on @p branch; −1 when it is not there.
int depthOf(const std::vector<const JournalNode *> &branch, const JournalContent &content,
            JournalNodeId id)
{
    if (id == content.root)
        return 0;
    const auto found = std::find_if(branch.begin(), branch.end(),
                                    [id](const JournalNode *node) { return node->id == id; });
    return found != branch.end() ? static_cast<int>(found - branch.begin()) + 1 : -1;
}

} // namespace

std::optional<RestoredHistory> restoredHistory(PoseDocument *document,
                                               const JournalContent &content, JournalNodeId base)
{
    const std::vector<const JournalNode *> branch = branchOf(content);
    RestoredHistory history;
    history.index = depthOf(branch, content, content.current);
    if (history.index < 0)
        return std::nullopt;
    const auto add = [document](std::vector<std::unique_ptr<DocumentCommand>> &to,
                                const JournalNode &node, const QByteArray &value) {
        to.push_back(makeCommand(document, node.command.kind, node.command.text, value));
        return to.back() != nullptr;
    };
    while ((history.done = depthOf(branch, content, base)) < 0) {
        const JournalNode *node = content.node(base);
        if (node == nullptr || node->parent >= node->id ||
            !add(history.abandoned, *node, node->command.before))
            return std::nullopt;
        history.hasCleanStep = false;
        base = node->parent;
    }
    for (std::size_t i = 0; i < branch.size(); ++i) {
        const CommandRecord &command = branch[i]->command;
        if (!add(history.steps, *branch[i],
                 static_cast<int>(i) < history.done ? command.before : command.after))
            return std::nullopt;
    }
    return history;
}

std::vector<JournalNodeId> historyNodes(const JournalContent &content)
{
    std::vector<JournalNodeId> nodes;
    for (const JournalNode *node : branchOf(content))
        nodes.push_back(node->id);
    return nodes;
}

int unsavedStepCount(const JournalContent &content, JournalNodeId base)
{
    const std::vector<const JournalNode *> branch = branchOf(content);
    const int present = depthOf(branch, content, content.current);
    int steps = 0;
    for (const JournalNode *node = content.node(base);
         node != nullptr && depthOf(branch, content, base) < 0; ++steps) {
        base = node->parent;
        node = content.node(base);
    }
    return steps + std::abs(present - depthOf(branch, content, base));
}

} // namespace poselift
