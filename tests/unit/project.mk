# SPDX-License-Identifier: ISC
# Unit tests of src/project.
