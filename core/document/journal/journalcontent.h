#pragma once

#include "core/document/commands.h"

#include <QByteArray>

#include <optional>
#include <string>
#include <vector>

namespace poselift {

/// Number of a state of the document in one journal. Every state but the root was made from its
/// parent by one command; undoing goes back to the parent, another edit there starts a new branch.
using JournalNodeId = std::int64_t;

struct JournalNode
{
    JournalNodeId id = 0;
    JournalNodeId parent = 0;
    CommandRecord command; ///< makes this state from the parent's
    friend bool operator==(const JournalNode &, const JournalNode &) = default;
};

/// A save of the project file.
struct JournalSave
{
    std::int64_t generation = 0; ///< Project::saveGeneration in the file
    std::string saveId;     ///< kSaveId in the file; empty in files of programs that write none
    JournalNodeId node = 0; ///< the state that was written
    bool confirmed = true;  ///< false: was about to be written
    friend bool operator==(const JournalSave &, const JournalSave &) = default;
};

/// Whose edits a journal holds.
struct JournalIdentity
{
    std::string uuid;      ///< of the project
    std::string mediaPath; ///< absolute; finds the edits of a project that was never saved
    friend bool operator==(const JournalIdentity &, const JournalIdentity &) = default;
};

struct JournalChange;

/// Everything that a journal holds.
struct JournalContent
{
    JournalIdentity identity;
    std::vector<JournalNode> nodes; ///< by id, without the root
    std::vector<JournalSave> saves; ///< in the order in which they were made
    JournalNodeId root = 0;         ///< the oldest state; undo ends here
    JournalNodeId current = 0;      ///< the state of the document
    JournalNodeId tip = 0;          ///< the newest state on the current branch; redo ends here

    const JournalNode *node(JournalNodeId id) const;
    /// Nodes from below the root to @p id, oldest first; nothing when the way is broken.
    std::vector<const JournalNode *> pathTo(JournalNodeId id) const;
    /// The save that wrote the file with this generation and id; null when this journal knows of
    /// none.
    const JournalSave *saveOf(std::int64_t generation, const std::string &saveId) const;
    /// True when the file is what the journal goes on from: its last save, or one after it that was
    /// begun and turned out to be complete.
    bool matches(std::int64_t generation, const std::string &saveId) const;
    /// True when there are edits that the file with this generation and id cannot hold: those after
    /// that save, or, when it is unknown, those after the last one.
    bool hasEditsBeyond(std::int64_t generation, const std::string &saveId) const;
    /// Goes on from a file that another program made of the last save, adding layers to it: such a
    /// program keeps the save id and raises the generation (core/io/FORMAT.md). Only steps that stay
    /// within the annotation are kept, because undoing others needs the layers as they were.
    /// @return what changed; nothing when the file is another one or edits are not in it.
    std::optional<JournalChange> followDerivedFile(std::int64_t generation, const std::string &saveId);
};

/// One entry of a journal: it is written completely or not at all.
struct JournalChange
{
    std::vector<JournalNode> nodes; ///< new, or replacing those with the same ids
    std::optional<JournalNodeId> root;
    std::optional<JournalNodeId> current;
    std::optional<JournalNodeId> tip;
    std::optional<JournalSave> save; ///< a new one, or the same one confirmed
};

} // namespace poselift
