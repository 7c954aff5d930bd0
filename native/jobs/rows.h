// SPDX-License-Identifier: MIT
//
// Registers the rows of the job API's interfaces. Each table is in its interface's own file.
#pragma once

namespace dosvc::com {
class Registry;
}

namespace dosvc::jobs {

void AddManagerRows(com::Registry& registry);
void AddJobRows(com::Registry& registry);
void AddFileRows(com::Registry& registry);
void AddErrorRows(com::Registry& registry);
void AddHttpOptionsRows(com::Registry& registry);
void AddTokenOptionsRows(com::Registry& registry);
void AddPeerCacheRows(com::Registry& registry);
void AddDeliveryOptimizationRows(com::Registry& registry);

}  // namespace dosvc::jobs
