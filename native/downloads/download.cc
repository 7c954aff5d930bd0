// SPDX-License-Identifier: MIT

#include "downloads/download.h"

#include "com/registry.h"
#include "downloads/marshal.h"
#include "downloads/rows.h"

namespace dosvc::downloads {

using abi::IDODownload;
using com::Ends;
using com::Halts;
using com::Opt;
using com::Row;
using com::Starts;

void AddDownloadRows(com::Registry& registry) {
  registry.Add<IDODownload>("IDODownload",
                            {
                                Row<&IDODownload::Start, Opt<0>, Starts>("Start"),
                                Row<&IDODownload::Pause, Halts>("Pause"),
                                Row<&IDODownload::Abort, Ends>("Abort"),
                                Row<&IDODownload::Finalize>("Finalize"),
                                Row<&IDODownload::GetStatus>("GetStatus"),
                                Row<&IDODownload::GetProperty>("GetProperty"),
                                Row<&IDODownload::SetProperty>("SetProperty"),
                            });
}

}  // namespace dosvc::downloads
