#pragma once

#include "models/detector.h"

#include <vector>

namespace poselift {

/// Finds the boxes of people in a whole picture. Not thread-safe.
class PersonFinder
{
public:
    virtual ~PersonFinder() = default;
    /// Boxes in px of @p picture by falling score; poses are empty.
    virtual Result<std::vector<PersonDetection>> find(const ImageView &picture) = 0;
    /// The boxes of find() without their scores.
    Result<std::vector<Box>> findBoxes(const ImageView &picture)
    {
        const Result<std::vector<PersonDetection>> people = find(picture);
        if (!people)
            return people.error();
        std::vector<Box> boxes;
        for (const PersonDetection &person : *people)
            boxes.push_back(person.box);
        return boxes;
    }
};

} // namespace poselift
