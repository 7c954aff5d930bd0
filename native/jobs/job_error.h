// SPDX-License-Identifier: MIT
//
// What an IBackgroundCopyError says, read in one go.
#pragma once

#include "core/value.h"
#include "jobs/error.h"

namespace dosvc::jobs {

// [COM] { context, code, description, contextDescription, protocol, file }, each null where the
// service has none; file is { remoteName, localName }. Delivery Optimization documents only the
// first two and the file.
Value ReadError(abi::IBackgroundCopyError* error);
// [COM] The same record where the service has no error to give: the code says why.
Value NoError(HRESULT hr);

}  // namespace dosvc::jobs
