#include "models/detect/crop.h"

#include <algorithm>

namespace poselift {

namespace {

/// The smallest box with the aspect ratio of the input that holds width × height, same centre.
Crop aroundCentre(double centreX, double centreY, double width, double height, const NetworkInput &input)
{
    const double scale = std::max({width / input.width, height / input.height, 1e-6});
    const double sourceWidth = scale * input.width;
    const double sourceHeight = scale * input.height;
    return {{centreX - sourceWidth / 2, centreY - sourceHeight / 2, sourceWidth, sourceHeight},
            input.width, input.height};
}

} // namespace

Crop cropOfPicture(int width, int height, const NetworkInput &input)
{
    if (input.resize == ResizeMode::Stretch)
        return {{0, 0, double(width), double(height)}, input.width, input.height};
    return aroundCentre(width / 2.0, height / 2.0, width, height, input);
}

Crop cropOfPerson(const Box &person, const NetworkInput &input)
{
    return aroundCentre(person.centreX(), person.centreY(), person.width * input.padding,
                        person.height * input.padding, input);
}

} // namespace poselift
