// SPDX-License-Identifier: MIT
//
// The rows of the download API's interfaces, each table in the file of its interface.
#pragma once

namespace dosvc::com {
class Registry;
}

namespace dosvc::downloads {

void AddManagerRows(com::Registry& registry);
void AddDownloadRows(com::Registry& registry);

}  // namespace dosvc::downloads
