#pragma once

#include "core/document/documentstore.h"
#include "core/document/journal/openjournal.h"
#include "core/document/journal/projectjournal.h"
#include "core/document/posedocument.h"
#include "core/document/poseeditor.h"
#include "core/io/projectfile.h"
#include "core/io/projectlock.h"

#include <filesystem>

/// One open project as the application has it, without a window. What the loader does on its thread
/// happens at once here.
struct EditSession
{
    EditSession() : journal(&document), editor(&document), saver(&document, &journal) {}

    /// @return steps that were recovered; −1 when the file cannot be read.
    int open(const std::filesystem::path &path)
    {
        using namespace poselift;
        Result<ProjectLock> lock = ProjectLock::acquire(path);
        Result<Project> project = readProject(path);
        if (!project)
            return -1;
        if (lock)
            saver.setLock(std::make_shared<ProjectLock>(std::move(*lock)));
        OpenJournal found = findJournal(*project, path, lock.ok());
        offer = std::move(found.offer);
        return journal.open(std::move(*project), QString::fromStdString(path.string()), !lock.ok(),
                            std::move(found));
    }

    poselift::PoseDocument document;
    poselift::ProjectJournal journal;
    poselift::PoseEditor editor;
    poselift::DocumentSaver saver;
    std::optional<poselift::JournalOffer> offer;
};
