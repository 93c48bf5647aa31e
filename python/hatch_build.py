# SPDX-License-Identifier: Apache-2.0
"""Puts the jar and the script that starts it into the wheel."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Called by hatchling when the wheel is built."""

    def initialize(self, version, build_data):
        """Add the files of the checkout that the package needs."""
        checkout = Path(self.root).parent
        jar = checkout / "target" / f"ngff-spark-{self.metadata.version}.jar"
        if not jar.is_file():
            raise FileNotFoundError(f"{jar} is missing; build it with: mvn package -DskipTests")
        build_data["force_include"].update(
            {
                str(jar): "ngff_spark/app/lib/ngff-spark.jar",
                str(checkout / "submit.sh"): "ngff_spark/app/submit.sh",
                str(checkout / "conf" / "log4j2.properties"): "ngff_spark/app/conf/log4j2.properties",
                str(checkout / "LICENSE"): "ngff_spark/app/LICENSE",
            }
        )
