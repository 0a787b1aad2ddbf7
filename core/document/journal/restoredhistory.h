#pragma once

#include "core/document/journal/journalcontent.h"
#include "core/document/posedocument.h"

#include <optional>

namespace poselift {

/// The undo history in @p content as it must be put on a project file that holds the state @p base.
/// Its steps stand for the nodes from the root to the tip, in order. Nothing when the journal has a
/// gap or a step that this version cannot read.
std::optional<RestoredHistory> restoredHistory(PoseDocument *document,
                                               const JournalContent &content, JournalNodeId base);

/// The nodes that the steps of restoredHistory() stand for.
std::vector<JournalNodeId> historyNodes(const JournalContent &content);

/// How many steps the document is away from what the file holds; 0: nothing was unsaved.
int unsavedStepCount(const JournalContent &content, JournalNodeId base);

} // namespace poselift
