package dev.plinth.local.template;

/** Creates the resources of the templates, one call each, in dependency order. */
public interface ResourceCreator {

    /**
     * Creates one resource. Every property must have been read or declared as ignored when this returns, otherwise
     * the deployment fails with the names of the ones left over.
     *
     * @throws TemplateException if the resource asks for something that this creator does not offer
     */
    CreatedResource create(ResourceDefinition resource);
}
