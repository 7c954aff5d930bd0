// SPDX-License-Identifier: MIT
//
// Registers the rows of the download API's interfaces. Each table is in its interface's own file.
#pragma once

namespace dosvc::com {
class Registry;
}

namespace dosvc::downloads {

void AddManagerRows(com::Registry& registry);
void AddDownloadRows(com::Registry& registry);

}  // namespace dosvc::downloads
