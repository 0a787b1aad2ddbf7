#pragma once

#include "core/document/posedocument.h"
#include "core/document/poseeditor.h"

#include <functional>
#include <optional>
#include <random>

/// Carries out one random edit, undo or redo; the same for the same document and @p seed. Every
/// kind of command occurs. @param stopsHere  asked after every move of a drag: true ends it there
inline void randomEdit(
    poselift::PoseDocument &document, poselift::PoseEditor &editor, std::uint32_t seed,
    const std::function<bool()> &stopsHere = [] { return false; })
{
    using namespace poselift;
    std::mt19937 random(seed);
    const auto below = [&random](std::uint32_t n) { return static_cast<int>(random() % n); };
    const Project &project = document.project();
    const std::vector<TrackId> people = project.trackIds();
    const auto anyone = [&] {
        return people.empty() ? 0
                              : people[static_cast<std::size_t>(
                                    below(static_cast<std::uint32_t>(people.size())))];
    };
    const TrackId person = anyone();
    const int frame = below(30);
    const int joint = below(5);
    const KeypointSelection range{
        person, {frame, std::min(29, frame + below(8))}, {joint, (joint + 1) % 5}};
    QUndoStack *stack = document.undoStack();
    const auto editedStart = [&]() -> std::optional<PoseEditStart> {
        const JointLayer *layer = project.jointLayer("lifted/test");
        if (layer == nullptr || !project.camera.isValid())
            return std::nullopt;
        return beginPoseEdit(project, *layer, person, frame);
    };
    switch (person == 0 ? 16 : below(32)) {
    case 0:
        editor.setState(range, static_cast<KeypointState>(1 + below(3)));
        break;
    case 1:
        editor.setLocked(range, below(4) == 0);
        break;
    case 2:
        editor.deleteKeypoints(range);
        break;
    case 3:
        editor.swapSides(range);
        break;
    case 4:
        editor.interpolate(range, below(2) == 0 ? Interpolation::Linear : Interpolation::Cubic);
        break;
    case 5:
        editor.smooth(range, {});
        break;
    case 6:
        editor.acceptPredictions(range);
        break;
    case 7:
        editor.refusePredictions(range);
        break;
    case 8:
        editor.copyFromPrevious(person, frame);
        break;
    case 9:
        editor.pastePose(person, frame, project.effectivePose(anyone(), below(30)));
        break;
    case 10:
        editor.swapPeople(person, anyone(), frame);
        break;
    case 11:
        editor.splitPerson(person, frame);
        break;
    case 12:
        editor.mergePeople(person, anyone());
        break;
    case 13:
        if (people.size() > 3)
            editor.deletePerson(person);
        break;
    case 14: {
        CameraIntrinsics camera = assumedIntrinsics(640, 480);
        camera.fx = 500 + below(500);
        document.setCamera(camera);
        break;
    }
    case 15: {
        KeypointLayer layer{"detected", project.skeleton, std::to_string(seed), {}};
        if (const KeypointLayer *old = project.keypointLayer("detected"))
            layer.tracks = old->tracks;
        document.acceptLayers(QStringLiteral("Detect"), {layer},
                              {{"lifted/random", project.skeleton, std::to_string(seed), {}}});
        break;
    }
    case 16:
        editor.newPerson();
        break;
    case 17:
        stack->setIndex(std::max(0, stack->index() - below(6)));
        break;
    case 18:
        stack->redo();
        break;
    case 19:
        stack->setIndex(std::min(stack->count(), stack->index() + below(6)));
        break;
    case 20:
    case 21: {
        // Like the mouse: many moves, one step. The number is unique, so that drags never run
        // together.
        bool stopped = false;
        for (int i = 0; i < 5 && !stopped; ++i) {
            editor.moveKeypoints(frame, {{person, joint, 1.0 * below(640), 1.0 * below(480)}},
                                 static_cast<int>(seed));
            stopped = stopsHere();
        }
        break;
    }
    case 22:
    case 23: {
        // A joint is dragged in 3D, bones held or released.
        const std::optional<PoseEditStart> start = editedStart();
        bool stopped = false;
        for (int i = 0; start && i < 4 && !stopped; ++i) {
            const Joint3D target{below(200) / 100.0, below(2000) / 100.0, 1.0 + below(500) / 100.0, true};
            const Pose3D pose = below(2) == 0 ? jointMoved(start->figure, joint, target)
                                              : jointMovedAlone(start->figure, joint, target);
            if (!editor.correctPose(*start, pose, static_cast<int>(seed)))
                break;
            stopped = stopsHere();
        }
        break;
    }
    case 24:
        editor.releaseCorrections(person, range.frames,
                                  {project.skeleton.joints[static_cast<std::size_t>(joint)]});
        break;
    case 25:
        editor.interpolateAround(person, frame, range.joints, Interpolation::Cubic);
        break;
    case 26:
        editor.renamePerson(person, below(3) == 0 ? QString() : QString::number(below(100)));
        break;
    default:
        editor.moveKeypoints(frame, {{person, joint, below(6400) / 10.0, below(4800) / 10.0}});
        break;
    }
}
