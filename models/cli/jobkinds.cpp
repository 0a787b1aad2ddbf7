#include "models/cli/jobkinds.h"

namespace poselift {

JobKinds jobKinds()
{
    return {};
}

} // namespace poselift
